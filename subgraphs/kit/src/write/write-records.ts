/**
 * The one function that writes. In one transaction: the message as it came, the record version, its hash, the outbox row,
 * and what the board derives from it. The writers of a system take turns; versions count up under
 * the row lock of the record's head.
 * @see design/feed.md 1 and 4
 */
import { type Transaction, sql } from 'kysely';

import { openSealed } from '../feed/open-sealed.ts';
import type { SystemStore } from '../graph/context.ts';
import { boardLock } from '../store/advisory-locks.ts';

import { type Arrival, type Decided, type Outcome, recordName } from './arrival.ts';
import { decideAmongVersions, decideByHead } from './decide.ts';
import { lockHeads, makeHeads, noteRepeats, versionsKnown } from './heads.ts';
import { journal } from './journal.ts';
import { projectBoard } from './project-board.ts';
import { hasSeals } from './sealed-content.ts';
import { storeRows } from './store-rows.ts';

/** What is written. */
export interface Writing {
  readonly arrivals: readonly Arrival[];
  readonly receivedAt: string;
  /** Writes along in the same transaction, last; nothing is kept when it throws. */
  readonly alongside?: ((db: Transaction<unknown>, outcomes: readonly Outcome[]) => Promise<void>) | undefined;
}

/**
 * @param arrivals - Valid records, at most 1,000, so that the cluster's fence is held back for a moment only.
 * @param receivedAt - Canonical instant.
 * @returns One outcome for each arrival, in order.
 */
export async function writeRecords(
  { store, system, codes }: SystemStore,
  { arrivals, receivedAt, alongside }: Writing,
): Promise<readonly Outcome[]> {
  if (arrivals.length === 0 && alongside === undefined) return [];
  // Every statement must see what was committed while it waited for a lock, whatever the database's default is.
  const transaction = store.db.transaction().setIsolationLevel('read committed');
  return transaction.execute(async (db) => {
    const outcomes = new Map<Arrival, Outcome>();
    // Before anything is written: only then has who writes a record's later version the later transaction id too, so that the
    // feed tells versions in their order; and who waits here has none yet and holds no fence back.
    await sql`select ${boardLock(system.code)}`.execute(db);
    await makeHeads(db, system.code, arrivals);
    for (const wave of wavesOf(arrivals)) {
      const decided = await decideAll(db, system.code, wave);
      for (const { arrival, outcome } of decided) outcomes.set(arrival, outcome);
      const news = decided.filter(({ outcome }) => outcome.state === 'ACCEPTED' || outcome.state === 'SUPERSEDED');
      await journal(db, { store, system, codes, receivedAt }, news);
      const changes = news.filter(({ outcome }) => outcome.state === 'ACCEPTED');
      if (changes.length === 0) continue;
      await storeRows(db, { system, receivedAt, changes });
      await projectBoard(db, { store, system, codes, receivedAt }, changes);
    }
    // What this batch sealed may be open by what it said of the lot.
    const sealable = arrivals.filter(({ stored }) => hasSeals(stored.dataset));
    if (sealable.length > 0) await openSealed(db, { system: system.code, records: sealable.map(recordOf) });
    const answers = arrivals.flatMap((arrival) => outcomes.get(arrival) ?? []);
    await alongside?.(db, answers);
    return answers;
  });
}

function recordOf({ stored, key }: Arrival): { readonly dataset: string; readonly key: string } {
  return { dataset: stored.dataset.code, key };
}

/** A record that comes twice in one batch is written twice, one after the other. */
function wavesOf(arrivals: readonly Arrival[]): readonly (readonly Arrival[])[] {
  const waves: Arrival[][] = [];
  const seen = new Map<string, number>();
  for (const arrival of arrivals) {
    const name = recordName(arrival);
    const turn = seen.get(name) ?? 0;
    seen.set(name, turn + 1);
    (waves[turn] ??= []).push(arrival);
  }
  return waves;
}

async function decideAll(db: Transaction<unknown>, system: string, wave: readonly Arrival[]): Promise<readonly Decided[]> {
  const heads = await lockHeads(db, system, wave);
  const first = wave.map((arrival) => ({ arrival, outcome: decideByHead(arrival, heads.get(recordName(arrival))) }));
  const repeated = first.filter(({ outcome }) => outcome?.state === 'UNCHANGED').map(({ arrival }) => arrival);
  await noteRepeats(db, system, repeated);
  const open = first.filter(({ outcome }) => outcome === undefined).map(({ arrival }) => arrival);
  const known = await versionsKnown(db, system, open);
  return first.flatMap(({ arrival, outcome }) => {
    const name = recordName(arrival);
    const head = heads.get(name);
    if (outcome !== undefined) return [{ arrival, outcome }];
    return head === undefined ? [] : [{ arrival, outcome: decideAmongVersions(arrival, head, known.get(name)) }];
  });
}
