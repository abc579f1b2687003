/**
 * Reads and keeps releases. What a release says never changes, so its texts are read once.
 */
import { HubError } from '@hub/schema';
import type { EntityManager } from '@mikro-orm/postgresql';

import { sdlEntity } from '../store/entities.ts';
import type { Change as StoreChange } from '../store/open-store.ts';
import { type ContractRelease, type KeptContract, releaseEntity } from './release-entity.ts';
import { type ContractHead, digestOf, type ReleaseTexts } from './release-texts.ts';

/** A release with its texts. */
export interface OpenRelease {
  readonly row: ContractRelease;
  readonly texts: ReleaseTexts;
}

/** Releases, with the texts of the one in force at hand. */
export interface ReleaseBook {
  /** @throws HubError INTERNAL when there is none: the registry was never started. */
  inForce(em: EntityManager): Promise<OpenRelease>;
}

/** @returns A book that has read nothing yet. */
export function openReleaseBook(): ReleaseBook {
  let kept: { readonly number: number; readonly texts: ReleaseTexts } | undefined;
  return {
    async inForce(em) {
      const row = await releaseInForce(em);
      if (row === null) throw new HubError('INTERNAL', { zh: '还没有现行契约。', en: 'No contracts are in force yet.' });
      if (kept?.number !== row.number) kept = { number: row.number, texts: await textsOf(em, row) };
      return { row, texts: kept.texts };
    },
  };
}

/** @returns The release in force; null before the first start is done. */
export function releaseInForce(em: EntityManager): Promise<ContractRelease | null> {
  return em.findOne(releaseEntity, { state: 'IN_FORCE' }, { disableIdentityMap: true });
}

/** @returns What people wrote and what is served. */
async function textsOf(em: EntityManager, { law, shared, directives, contracts }: ContractRelease): Promise<ReleaseTexts> {
  const wanted = [shared, directives, ...contracts.flatMap(({ source, sha256 }) => [source, sha256])];
  const rows = await em.find(sdlEntity, { sha256: { $in: wanted } }, { disableIdentityMap: true });
  const texts = new Map(rows.map(({ sha256, text }) => [sha256, text]));
  const text = (digest: string): string => texts.get(digest) ?? '';
  return {
    law,
    shared: text(shared),
    directives: text(directives),
    contracts: contracts.map((contract) => ({ ...headOf(contract), source: text(contract.source), sdl: text(contract.sha256) })),
  };
}

function headOf({ name, version, edition, title, partitioned, heldBySystems }: KeptContract): ContractHead {
  return { name, version, edition, title, partitioned, heldBySystems };
}

/** What a new release is made of. */
export interface NewRelease extends Omit<
  ContractRelease,
  'number' | 'law' | 'supergraph' | 'shared' | 'directives' | 'contracts' | 'base' | 'proposedAt' | 'rejectedBy' | 'rejectedAt' | 'reason'
> {
  readonly texts: ReleaseTexts;
  readonly supergraph: string;
  readonly base: ContractRelease | null;
}

/** Keeps a release with its texts. @returns Its row. */
export async function keepRelease({ em, now }: StoreChange, { texts, supergraph, base, ...rest }: NewRelease): Promise<ContractRelease> {
  const [last] = await em.find(releaseEntity, {}, { orderBy: { number: 'desc' }, limit: 1, fields: ['number'], disableIdentityMap: true });
  const number = (last?.number ?? 0) + 1;
  const keep = async (text: string): Promise<string> => {
    const sha256 = digestOf(text);
    await em.upsert(sdlEntity, { sha256, text }, { onConflictAction: 'ignore' });
    return sha256;
  };
  const contracts: KeptContract[] = [];
  for (const { source, sdl, ...head } of texts.contracts) {
    const sha256 = await keep(sdl);
    const same = base?.contracts.find((known) => known.name === head.name && known.sha256 === sha256);
    contracts.push({ ...head, sha256, source: await keep(source), release: same?.release ?? number });
  }
  const row: ContractRelease = {
    ...rest,
    number,
    law: texts.law,
    supergraph: await keep(supergraph),
    shared: await keep(texts.shared),
    directives: await keep(texts.directives),
    contracts,
    base: base?.number ?? null,
    proposedAt: now,
    rejectedBy: null,
    rejectedAt: null,
    reason: null,
  };
  await em.insert(releaseEntity, row);
  return row;
}

/** Takes the release in force out of it, for another. */
export async function retireInForce(em: EntityManager): Promise<void> {
  await em.nativeUpdate(releaseEntity, { state: 'IN_FORCE' }, { state: 'EARLIER' });
}
