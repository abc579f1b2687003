/**
 * The law that a program carries only sows: on the first start it is release 1; afterwards a program whose law is another
 * proposes it, as anybody would, once.
 * @see README «Changes of contracts»
 */
import { readFile } from 'node:fs/promises';

import { judgeContracts, type JudgeParts } from './judge-contracts.ts';
import { ownTexts } from './own-law.ts';
import { keepProposal } from './propose.ts';
import { readRelease } from './read-release.ts';
import { keepRelease, releaseInForce } from './release-book.ts';
import { releaseEntity } from './release-entity.ts';
import { type ContractTexts, lawDigest } from './release-texts.ts';

/** How the program's law stands to that in force. */
export interface ContractNotes {
  /** Number of the release in force. */
  readonly inForce: number;
  /** Number of the release with the program's law, when that is another. */
  readonly own: number | null;
  /** Whether that one waits for approval. */
  readonly waits: boolean;
}

/** Days of use that a program's own proposal is judged by. */
const days = 30;

/** Sows or proposes, unless it was done before. @returns How it stands. */
export async function seedContracts(parts: JudgeParts, texts: ContractTexts = ownTexts()): Promise<ContractNotes> {
  const { store } = parts;
  const law = lawDigest(texts);
  if ((await store.read(releaseInForce)) === null) await sow(parts, texts);
  const known = await store.read((em) => em.findOne(releaseEntity, { law }, { orderBy: { number: 'desc' } }));
  if (known === null) {
    const judgement = await judgeContracts({ texts, days }, parts);
    await keepProposal({ judgement, by: { who: 'release', kid: null }, note: null }, parts);
  }
  return store.read(async (em) => {
    const own = await em.findOne(releaseEntity, { law }, { orderBy: { number: 'desc' } });
    const inForce = await releaseInForce(em);
    const differs = own !== null && own.law !== inForce?.law;
    return { inForce: inForce?.number ?? 0, own: differs ? own.number : null, waits: differs && own.state === 'PROPOSED' };
  });
}

async function sow({ store }: JudgeParts, texts: ContractTexts): Promise<void> {
  const supergraph = await readFile(new URL(import.meta.resolve('@hub/schema/supergraph.graphql')), 'utf8');
  await store.change(async (change) => {
    const { em, tell, now } = change;
    // Two that start at once sow once.
    if ((await releaseInForce(em)) !== null) return;
    const nobody = { approvedBy: null, approvedAt: null, proposedKid: null, note: null } as const;
    const stands = { state: 'IN_FORCE', inForceAt: now, base: null, changes: [], needsApproval: false, proposedBy: 'release' } as const;
    const row = await keepRelease(change, { ...nobody, ...stands, texts: readRelease(texts), supergraph });
    const detail = { release: row.number, supergraph: row.supergraph };
    await tell({ who: 'registry', kid: null, what: 'CONTRACTS_SEEDED', system: null, detail, routing: true });
  });
}
