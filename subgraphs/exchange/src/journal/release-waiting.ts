/**
 * Decides changes that waited: their parent came, their time is over, or the earlier change of their record was decided. All
 * waiting changes of a record are judged together, in order, up to the first that still waits.
 *
 * who may go on → judge (no transaction) → begin → turn → what was decided since? → decide → receipt → commit
 * @see design/feed.md 5; standard/exchange.md 4
 */
import { instantOf } from '@hub/kit/process';
import { type Kysely, sql } from 'kysely';

import { judgeEntries } from '../judge/judge-entries.ts';
import type { Judgement } from '../judge/judgement.ts';
import { countDecided } from '../quality/count-decided.ts';
import { timeAhead } from '../quality/timeliness.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { systemLock } from '../store/system-lock.ts';

import { type WaitingChange, type WaitingRecord, readWaiting, waitingRecords } from './waiting-changes.ts';
import { journalScope } from './journal-scope.ts';
import { decideChanges, postpone } from './decide-changes.ts';

/** Records of one transaction. */
const mostAtOnce = 100;

/** A waiting change and what is decided now. */
export interface Decision {
  readonly change: WaitingChange;
  readonly judgement: Judgement;
}

/**
 * Goes on until nothing more can be decided: what is accepted may be what others wait for.
 * @returns How many changes were decided.
 */
export async function releaseWaiting(store: ExchangeStore): Promise<number> {
  let decided = 0;
  for (;;) {
    const ready = await waitingRecords(store, mostAtOnce);
    if (ready.length === 0) return decided;
    for (const [system, records] of Map.groupBy(ready, (record) => record.system)) decided += await release(store, system, records);
  }
}

/** @returns How many were decided; those that still wait are not looked at again for a while. */
async function release(store: ExchangeStore, system: string, records: readonly WaitingRecord[]): Promise<number> {
  const changes = await readWaiting(store.db, system, records);
  const judgements = await judgeEntries(
    store,
    system,
    changes.map(({ entry, sinceMs }) => ({ entry, sinceMs })),
  );
  const decisions = changes.flatMap((change, place): Decision[] => {
    const judgement = judgements[place];
    return judgement === undefined ? [] : [{ change, judgement: withTime(judgement, change) }];
  });
  const decided = await store.db.transaction().execute(async (db) => {
    const scope = journalScope(db, store);
    await scope.run('turn', () => sql`select ${systemLock(system)}`.execute(db));
    const standing = await scope.run('source', () => stillWaiting(db, decisions));
    const now = decisions.filter(({ judgement, change }) => judgement.state !== 'WAITING' && standing.has(change.id));
    await scope.run('quality', () => countDecided(db, store.law, { system, decisions: now }));
    await scope.run('decide', () => decideChanges(db, { system, decisions: now, at: instantOf(store.clock), rules: store.law.digest }));
    const again = new Date(store.clock.nowMs() + againMs).toISOString();
    await scope.run('postpone', () =>
      postpone(
        db,
        decisions.filter(({ judgement }) => judgement.state === 'WAITING'),
        again,
      ),
    );
    await store.onStep('commit:before');
    return now.length;
  });
  store.onCommit();
  await store.onStep('commit:after');
  return decided;
}

/** What came before it happened did so, whenever it is decided; all else is judged anew. */
function withTime(judgement: Judgement, { violations }: WaitingChange): Judgement {
  return { ...judgement, violations: [...judgement.violations, ...violations.filter(({ rule }) => rule === timeAhead)] };
}

/** Something with the code came, and was not what is waited for. */
const againMs = 30_000;

/** Of those that another process decided since, the rest of their record is left to the next round. */
async function stillWaiting(db: Kysely<unknown>, decisions: readonly Decision[]): Promise<ReadonlySet<string>> {
  const ids = decisions.map(({ change }) => change.id);
  const found = await sql<{ id: string }>`select id from change where id = any(${ids}::bigint[]) and state = 'WAITING' for update`.execute(
    db,
  );
  const waiting = new Set(found.rows.map(({ id }) => id));
  const byRecord = Map.groupBy(decisions, ({ change }) => `${change.entry.dataset}\n${change.entry.key}`);
  return new Set(
    [...byRecord.values()]
      .filter((all) => all.every(({ change }) => waiting.has(change.id)))
      .flatMap((all) => all.map(({ change }) => change.id)),
  );
}
