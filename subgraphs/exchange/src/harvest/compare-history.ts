/**
 * Compares what a source tells again with what was taken then: positions never change their content within an epoch.
 * @see design/feed.md 6 and 7
 */
import { isUnusable, type TakenEntry } from '../journal/taken-page.ts';

import type { HarvestJournal } from './harvest-journal.ts';
import { SourceFault } from './source-faults.ts';

/** @throws SourceFault HISTORY_ALTERED, naming the first position that differs. */
export async function compareHistory(
  journal: HarvestJournal,
  { system, epoch }: { readonly system: string; readonly epoch: string },
  again: readonly TakenEntry[],
): Promise<void> {
  const [first] = again;
  const last = again.at(-1);
  if (first === undefined || last === undefined) return;
  const taken = await journal.hashes({ system, epoch, from: first.position, to: last.position });
  const altered = again.find((entry) => {
    const then = taken.get(entry.position);
    return then !== undefined && then !== '' && !isUnusable(entry) && entry.hash !== then;
  });
  if (altered === undefined) return;
  throw new SourceFault('HISTORY_ALTERED', `position ${altered.position}: ${taken.get(altered.position) ?? ''} was taken`);
}
