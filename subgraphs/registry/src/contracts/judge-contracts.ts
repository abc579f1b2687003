/**
 * A proposal, judged: its own faults, what it changes against the release in force, who uses that, which systems it would lose.
 * @see README «Changes of contracts»
 */
import { lawTexts } from '@hub/schema';
import type { EntityManager } from '@mikro-orm/postgresql';

import type { ControlParts } from '../control/context.ts';
import { sdlEntity, systemEntity, versionEntity } from '../store/entities.ts';
import { daysBefore } from '../usage/days.ts';
import type { Examined } from './examine.ts';
import type { ContractFinding } from './finding.ts';
import { judgeByUse } from './judge-by-use.ts';
import type { Serving } from './lost-systems.ts';
import type { ContractRelease, JudgedChange } from './release-entity.ts';
import { type ContractTexts, digestOf, lawDigest } from './release-texts.ts';

/** What judging takes. */
export type JudgeParts = Pick<ControlParts, 'store' | 'book' | 'examine' | 'clock'>;

/** What is to be judged. */
export interface Proposed {
  readonly texts: ContractTexts;
  /** Parsed; those of this program unless there are others. */
  readonly codeLists?: readonly unknown[] | undefined;
  /** Days of use that are looked at. */
  readonly days: number;
}

/** What came of it. */
export interface Judgement {
  readonly passed: boolean;
  readonly identical: boolean;
  readonly needsApproval: boolean;
  /** What it was compared with. */
  readonly base: ContractRelease;
  /** Absent: refused, or identical. */
  readonly release: Examined['release'];
  readonly findings: readonly ContractFinding[];
  readonly changes: readonly JudgedChange[];
  readonly supergraph: string | null;
  readonly durationMs: number;
}

/** Judges, and keeps nothing. */
export async function judgeContracts({ texts, codeLists, days }: Proposed, parts: JudgeParts): Promise<Judgement> {
  const { store, book, examine, clock } = parts;
  const startedMs = performance.now();
  const { row: base, texts: before } = await store.read((em) => book.inForce(em));
  if (lawDigest(texts) === base.law) return identicalTo(base);
  const serving = await store.read(servingSystems);
  const examined = await examine({ texts, codeLists: codeLists ?? lawTexts().codeLists, before, serving });
  const since = daysBefore(clock.nowMs(), days);
  const changes = await store.read((em) => judgeByUse(em, examined.changes, since));
  const { release, findings } = examined;
  return {
    passed: release !== undefined,
    identical: false,
    needsApproval: changes.some(({ blocks }) => blocks),
    base,
    release,
    findings,
    changes,
    supergraph: release === undefined ? null : digestOf(release.supergraph),
    durationMs: Math.round(performance.now() - startedMs),
  };
}

function identicalTo(base: ContractRelease): Judgement {
  const nothing = { needsApproval: false, release: undefined, findings: [], changes: [], durationMs: 0 } as const;
  return { ...nothing, passed: true, identical: true, base, supergraph: base.supergraph };
}

/** @returns The systems that are asked, with what they said they serve. */
async function servingSystems(em: EntityManager): Promise<Serving> {
  const rows = await em.find(systemEntity, { state: 'PUBLISHED', version: { $ne: null } }, { orderBy: { code: 'asc' } });
  const versions = await em.find(versionEntity, { system: { $in: rows.map(({ code }) => code) } });
  const systems = rows.flatMap(({ code, contracts, version }) => {
    const found = versions.find(({ system, number }) => system === code && number === version);
    return found === undefined ? [] : [{ code, contracts, sha256: found.sha256 }];
  });
  const sdls = await em.find(sdlEntity, { sha256: { $in: [...new Set(systems.map(({ sha256 }) => sha256))] } });
  return { systems, sdls: new Map(sdls.map(({ sha256, text }) => [sha256, text])) };
}
