/**
 * Counts changes that waited, now that they are decided, on the day they came. Their time was counted then.
 * @see store/tables/quality.sql
 */
import { instantOf } from '@hub/kit/process';
import type { Transaction } from 'kysely';

import type { Decision } from '../journal/release-waiting.ts';
import type { ExchangeLaw } from '../store/exchange-law.ts';
import { type CountedChange, countQuality } from './count-quality.ts';
import { measureChange } from './measure-change.ts';
import { dayIn } from './timeliness.ts';

/** Runs before the records stand anew, as countQuality does. */
export async function countDecided(
  db: Transaction<unknown>,
  law: ExchangeLaw,
  { system, decisions }: { readonly system: string; readonly decisions: readonly Decision[] },
): Promise<void> {
  const cameAt = ({ change }: Decision): string => instantOf({ nowMs: () => change.sinceMs });
  const groups = Map.groupBy(decisions, (decision) => `${dayIn(cameAt(decision))} ${decision.change.epoch}`);
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const harvestedAt = cameAt(first);
    const changes = group.map(({ change: { entry }, judgement }): CountedChange => ({
      row: { dataset: entry.dataset, key: entry.key, state: judgement.state, violations: judgement.violations, position: entry.position },
      measured: measureChange(law, judgement, { at: harvestedAt, offsetMs: undefined }).measured,
    }));
    const ids = new Map(group.map(({ change: { id, entry } }) => [entry.position, id]));
    await countQuality(db, { system, harvestedAt, changes, ids, waited: true });
  }
}
