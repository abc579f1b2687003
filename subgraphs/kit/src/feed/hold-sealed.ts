/**
 * Takes back what a store from before sealed changes waited had put into its outbox. What has no position yet is moved to those
 * that wait. Where a sealed change has one already, positions are given anew, in a new epoch: they are never altered otherwise.
 * Done once for each system, at a start.
 * @see open-sealed.ts; design/feed.md 6
 */
import { type Transaction, sql } from 'kysely';

import type { SystemStore } from '../graph/context.ts';
import { boardLock } from '../store/advisory-locks.ts';
import { readStamp, writeStamp } from '../store/stamp.ts';
import { hasSeals, type Waits, waitsOf } from '../write/sealed-content.ts';

import { endEpoch, readHead } from './feed-head.ts';
import { readyChanges } from './open-sealed.ts';

/** Before a start is over nobody reads the feed that the transaction holds back. */
const rowsAtOnce = 1_000;

/** @returns How many changes were taken back; 0 when it was done before. */
export async function holdSealed(source: SystemStore): Promise<number> {
  const { store, system } = source;
  const stamp = `feed seals ${system.code}`;
  if ((await readStamp(store.db, stamp)) !== undefined) return 0;
  return store.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (db) => {
      await sql`select ${boardLock(system.code)}`.execute(db);
      const found = await collect(db, source);
      const held = found === 0 ? [] : await takeBack(db, system.code);
      if (held.some(({ told }) => told)) await beginAnew(db, system.code);
      await writeStamp(db, stamp, 'held');
      return held.length;
    });
}

/** All changes of datasets with seals, as if they had just come. */
async function collect(db: Transaction<unknown>, { store, system, codes }: SystemStore): Promise<number> {
  const projection = { store, system, codes, receivedAt: '' };
  const datasets = [...store.byCode.values()].filter(({ dataset }) => hasSeals(dataset)).map(({ dataset }) => dataset.code);
  let [last, all] = ['0', 0];
  for (;;) {
    const found =
      await sql<Row>`select o.id, o.dataset, o.op, v.wire from outbox o join record_version v using (system, dataset, key, version)
      where o.system = ${system.code} and o.dataset = any(${datasets}::text[]) and o.id > ${last}::bigint order by o.id limit ${rowsAtOnce}`.execute(
        db,
      );
    const rows = found.rows.flatMap(({ id, dataset, op, wire }): (Waits & { readonly id: string })[] => {
      const stored = store.byCode.get(dataset);
      return stored === undefined ? [] : [{ id, ...waitsOf(projection, { stored, op, wire }) }];
    });
    await sql`insert into sealed_change (system, dataset, key, version, op, hash, categories, reason, moved, contract, lots, milestones)
      select o.system, o.dataset, o.key, o.version, o.op, o.hash, o.categories, o.reason, o.moved, w.contract, w.lots, w.milestones
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id bigint, contract text, lots text[], milestones text[])
      join outbox o using (id) order by o.dataset, o.key, o.version`.execute(db);
    all += rows.length;
    last = found.rows.at(-1)?.id ?? last;
    if (found.rows.length < rowsAtOnce) return all;
  }
}

interface Row {
  readonly id: string;
  readonly dataset: string;
  readonly op: 'put' | 'withdraw';
  readonly wire: Readonly<Record<string, string>>;
}

/** What is open stays where it is; what is not leaves the outbox. @returns Of each whether it had a position. */
async function takeBack(db: Transaction<unknown>, system: string): Promise<readonly { readonly told: boolean }[]> {
  await sql`alter table outbox disable trigger outbox_guard`.execute(db);
  const held = await sql<{ told: boolean }>`${readyChanges(sql`s.system = ${system}`)}, gone as (
      delete from sealed_change s using ready where s.id = ready.id
    ), held as (
      delete from outbox o using sealed_change s
      where o.system = ${system} and s.system = ${system} and s.dataset = o.dataset and s.key = o.key and s.version = o.version
        and not exists (select from ready where ready.id = s.id and ready.open)
      returning o.id
    ) select exists (select from feed where outbox = held.id) as told from held`.execute(db);
  await sql`alter table outbox enable trigger outbox_guard`.execute(db);
  return held.rows;
}

/** For all systems of the store: the sequencer goes on where the whole feed ends. */
async function beginAnew(db: Transaction<unknown>, system: string): Promise<void> {
  await sql`truncate feed`.execute(db);
  const head = await readHead(db, system);
  if (head !== undefined) await endEpoch(db, head.epoch);
}
