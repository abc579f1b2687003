/**
 * The changes of one transaction before the law and the rules. Facts are read once for all of them; what a change says stands
 * for those after it.
 * @see design/feed.md 3
 */
import type { TakenEntry } from '../journal/taken-page.ts';
import type { ExchangeStore } from '../store/open-store.ts';

import { judgeEntry } from './judge-entry.ts';
import type { Judgement } from './judgement.ts';

/** @returns One judgement for each entry, in order. */
export async function judgeEntries({ law }: ExchangeStore, system: string, entries: readonly TakenEntry[]): Promise<readonly Judgement[]> {
  return entries.map((entry) => judgeEntry(law, system, entry));
}
