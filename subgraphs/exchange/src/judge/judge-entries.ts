/**
 * The changes of one transaction before the law and the rules. Facts are read once for all of them; what a change says stands
 * for those after it.
 * @see design/feed.md 3 and 5; standard/exchange.md 4 and 6
 */
import { instantOf } from '@hub/kit/process';
import { judgeByRules } from '@hub/schema';

import type { TakenEntry } from '../journal/taken-page.ts';
import type { ExchangeStore } from '../store/open-store.ts';

import { type Awaited, type Judgement, refused } from './judgement.ts';
import { type Candidate, prepareEntry } from './prepare-entry.ts';
import { type StandingFacts, readFacts } from './standing-facts.ts';

/** A change, and since when it waits. */
export interface Waiting {
  readonly entry: TakenEntry;
  /** When it was journaled, ms; undefined: it is new. */
  readonly sinceMs: number | undefined;
}

const hourMs = 3_600_000;

/**
 * @param waiting - New changes, or all those of some records that wait.
 * @returns One judgement for each, in order.
 */
export async function judgeEntries(store: ExchangeStore, system: string, waiting: readonly Waiting[]): Promise<readonly Judgement[]> {
  const { law, clock, db } = store;
  const nowMs = clock.nowMs();
  const prepared = waiting.map(({ entry, sinceMs = nowMs }) => ({
    sinceMs,
    found: prepareEntry(entry, { law, system, waitedHours: (nowMs - sinceMs) / hourMs }),
  }));
  const candidates = prepared.flatMap(({ found }) => ('record' in found ? found : []));
  const release = waiting.some(({ sinceMs }) => sinceMs !== undefined);
  const facts = await readFacts(db, candidates, { system, release });
  return prepared.map(({ found, sinceMs }) => ('record' in found ? judge(found, facts, sinceMs) : found));
}

function judge(candidate: Candidate, facts: StandingFacts, sinceMs: number): Judgement {
  const { entry, record, rules, codes } = candidate;
  if (facts.waits(candidate)) return behind(candidate);
  const { refusals, warnings, waits } = judgeByRules(rules, record, facts.factsFor(candidate));
  const violations = [...refusals, ...candidate.violations, ...warnings];
  if (refusals.length > 0) return refused(entry, violations);
  if (waits.length > 0) {
    facts.noteWaiting(candidate);
    const endMs = sinceMs + Math.min(...waits.map(({ waitHours }) => waitHours)) * hourMs;
    const until = instantOf({ nowMs: () => endMs });
    return { entry, state: 'WAITING', violations, codes, awaited: waits.map((wait) => awaited(wait, candidate)), until };
  }
  facts.noteStanding(candidate);
  return { entry, state: 'ACCEPTED', violations, codes, awaited: [], until: null };
}

/** A later change of a record never overtakes one that waits. */
function behind(candidate: Candidate): Judgement {
  const { entry, violations, codes } = candidate;
  return { entry, state: 'WAITING', violations, codes, awaited: [], until: null };
}

function awaited({ rule, dataset, field, value }: Omit<Awaited, 'within'>, { lookups, record }: Candidate): Awaited {
  const asked = lookups.filter((lookup) => lookup.dataset === dataset && lookup.field === field && lookup.value === value);
  return { rule, dataset, field, value, within: asked.every(({ scope }) => scope === 'SYSTEM') ? record.system : null };
}
