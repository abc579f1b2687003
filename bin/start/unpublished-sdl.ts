/**
 * What systems that run with the hub serve, as they publish it: at the first start, and when the contracts are others than at
 * the last one. Between, nothing is made or sent: the texts of all systems take longer than the rest of a start, and whoever
 * went back to an earlier version is not overruled by the next start.
 * @see subgraphs/registry/README.md «Publishing»
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isHeldBySystems, law, servedSdl } from '@hub/schema';

/** A system as the registry has it. */
interface Registered {
  readonly contracts: readonly string[];
  /** Null: it has no SDL of it yet. */
  readonly version: number | null;
}

/** What is to be published. */
export interface UnpublishedSdl {
  /** @returns The SDL; undefined when the registry has it. */
  of(system: Registered): string | undefined;
  /** Remembers that everything was published. */
  done(): Promise<void>;
}

/** Beside the keys that publish: the contracts that were published last. */
const file = 'published-contracts';

/** @param dataDir - Where it is remembered; it exists. */
export async function unpublishedSdl(dataDir: string): Promise<UnpublishedSdl> {
  const place = join(dataDir, file);
  const digest = createHash('sha256');
  for (const { contract, served } of law().contracts) if (isHeldBySystems(contract)) digest.update(served);
  const now = digest.digest('hex');
  // Missing, or not to be read: then it is published again, which changes nothing when it is the same.
  const last = await readFile(place, 'utf8').catch(() => '');
  const texts = new Map<string, string>();
  return {
    of({ contracts, version }) {
      if (version !== null && last === now) return undefined;
      const name = contracts.toSorted().join(' ');
      const text = texts.get(name) ?? servedSdl(contracts);
      texts.set(name, text);
      return text;
    },
    done: () => (last === now ? Promise.resolve() : writeFile(place, now)),
  };
}
