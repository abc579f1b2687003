/**
 * The supergraph's text for gateways, by its digest: of a release that is or was in force.
 * @see schema/PROTOCOL.md 12
 */
import { sdlEntity } from '../store/entities.ts';
import type { RegistryStore } from '../store/open-store.ts';
import { releaseEntity } from './release-entity.ts';

/** @returns undefined when no release that was in force has it. */
export function supergraphText({ read }: RegistryStore, sha256: string): Promise<string | undefined> {
  return read(async (em) => {
    const count = await em.count(releaseEntity, { supergraph: sha256, state: { $in: ['IN_FORCE', 'EARLIER'] } });
    return count === 0 ? undefined : (await em.findOne(sdlEntity, { sha256 }))?.text;
  });
}
