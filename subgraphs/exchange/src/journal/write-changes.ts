/**
 * The statements that journal a part of a page.
 * @see design/feed.md 1 and 5
 */
import { instantOf } from '@hub/kit/process';
import { type Transaction, sql } from 'kysely';

import type { ChangeState, Judgement } from '../judge/judgement.ts';

import { countQuality, countedChanges } from '../quality/count-quality.ts';
import { measureChange } from '../quality/measure-change.ts';

import { type ChangeRow, changeRow } from './change-row.ts';
import type { Scope } from './journal-scope.ts';
import { reconcile } from './reconcile.ts';
import { type Standing, readStanding } from './standing.ts';
import type { Place } from './place-page.ts';
import { receiptOf } from './receipt.ts';
import { replaceCodes } from './replace-codes.ts';
import type { PagePart } from './take-page.ts';
import type { Taken } from './taken-page.ts';
import { isUnusable } from './taken-page.ts';

/** Writes what is new of the part. @returns How that was decided. */
export async function writeChanges({ db, store, run }: Scope, part: PagePart, { after }: Place): Promise<Counts> {
  const told = part.judgements.filter(({ entry }) => entry.position > after);
  if (told.length === 0) return { accepted: 0, refused: 0, waiting: 0 };
  const records = await run('records', () => readStanding(db, part.page.system, told));
  const fresh = part.page.snapshot === null ? told : await run('reconcile', () => reconcile(db, part.page, { told, records }));
  const harvestedAt = instantOf(store.clock);
  const changes = fresh.map((judgement) => measureChange(store.law, judgement, { at: harvestedAt, offsetMs: part.page.offsetMs }));
  const rows = changes.map(({ judgement }) => changeRow(judgement, { page: part.page, records, harvestedAt, rules: store.law.digest }));
  const ids = await run('changes', () => insertChanges(db, part.page, rows));
  const written = countedChanges(rows, changes);
  await run('quality', () => countQuality(db, { ...part.page, harvestedAt, changes: written, ids }));
  await run('standing', () => upsertRecords(db, part.page, { records, ids }));
  const standing = rows.filter(({ state }) => state === 'ACCEPTED');
  await run('codes', () => replaceCodes(db, part.page.system, standing));
  await run('unusable', () => keepRaw(db, part.page, fresh));
  if (rows.length > 0) await run('receipt', () => addReceipt(db, part.page.system, receiptOf(part, rows, harvestedAt)));
  const count = (counted: ChangeState): number => rows.filter(({ state }) => state === counted).length;
  return { accepted: count('ACCEPTED'), refused: count('REFUSED'), waiting: count('WAITING') };
}

type Counts = Omit<Taken, 'position'>;

/** @returns How the part's positions were decided, now or before. */
export async function countTaken({ db }: Scope, { page, from, to }: PagePart): Promise<Counts> {
  const found = await sql<{ state: ChangeState; count: number }>`select state, count(*)::int as count from change
    where system = ${page.system} and epoch = ${page.epoch} and position between ${from}::bigint and ${to}::bigint
    group by state`.execute(db);
  const count = (state: ChangeState): number => found.rows.find((row) => row.state === state)?.count ?? 0;
  return { accepted: count('ACCEPTED'), refused: count('REFUSED'), waiting: count('WAITING') };
}

/**
 * Changes, what they wait for, and the outbox of those that are accepted, in the order of positions. As json, which is read once:
 * jsonb would be made of the whole and then taken apart. Bodies are JSON themselves, one line each, and come as lines: to write
 * them into JSON once more, and to read them out of it, took a quarter of the insertion.
 * @returns The id of each change by its position.
 */
async function insertChanges(
  db: Transaction<unknown>,
  { system, epoch }: PagePart['page'],
  rows: readonly ChangeRow[],
): Promise<ReadonlyMap<number, string>> {
  const [first] = rows;
  if (first === undefined) return new Map();
  const { rules, harvested_at: at } = first;
  const bodies = rows.map(({ body }) => body).join('\n');
  const made = await sql<{ id: string; position: string }>`
    with given as materialized (
      select * from rows from (
        json_to_recordset(${JSON.stringify(rows.map(inserted))}::json) as (position bigint, dataset text, key text, version int, op text,
          hash text, state text, violations jsonb, contract text, categories text[], data_timestamp text, received_at timestamptz,
          awaited jsonb, until timestamptz),
        string_to_table(${bodies}, e'\\n')
      ) as row(position, dataset, key, version, op, hash, state, violations, contract, categories, data_timestamp, received_at, awaited,
        until, body)
    ), changes as (
      insert into change (system, epoch, position, dataset, key, version, op, hash, body, state, violations, rules, contract,
        categories, data_timestamp, received_at, harvested_at, decided_at)
      select ${system}, ${epoch}, position, dataset, key, version, op, hash, body, state, coalesce(violations, '[]'), ${rules}, contract,
        categories, data_timestamp, received_at, ${at}::timestamptz, case when state <> 'WAITING' then ${at}::timestamptz end
      from given order by position
      returning id, position, state
    ), waits as (
      insert into waiting (change, system, dataset, field, value, within, until)
      select c.id, ${system}, w.dataset, w.field, w.value, w.within, g.until from changes c join given g using (position)
      left join lateral jsonb_to_recordset(g.awaited) as w(dataset text, field text, value text, within text) on true
      where c.state = 'WAITING'
    ), told as (
      insert into outbox (system, change) select 'hub', id from changes where state = 'ACCEPTED' order by position
    )
    select id, position from changes`.execute(db);
  return new Map(made.rows.map(({ id, position }) => [Number(position), id]));
}

/** What of a row is inserted, and is not the same in all of them. */
function inserted({ position, dataset, key, version, op, hash, state, ...row }: ChangeRow): object {
  const { violations, contract, categories, data_timestamp, received_at, awaited, until } = row;
  const always = { position, dataset, key, version, op, hash, state, contract, categories, data_timestamp, received_at };
  return {
    ...always,
    ...(violations.length === 0 ? {} : { violations }),
    ...(state === 'WAITING' ? { awaited, until } : {}),
  };
}

/** Where the records of the part stand now. */
async function upsertRecords(
  db: Transaction<unknown>,
  { system, epoch }: PagePart['page'],
  { records, ids }: { readonly records: ReadonlyMap<string, Standing>; readonly ids: ReadonlyMap<number, string> },
): Promise<void> {
  const changed = [...records.values()]
    .filter((record) => record.changed)
    .map(({ dataset, key, change, position, version, hash, op, waiting }) => {
      const stands = position === null ? change : (ids.get(position) ?? change);
      return { dataset, key, change: stands, version, hash, op, waiting };
    });
  if (changed.length === 0) return;
  await sql`insert into record as r (system, dataset, key, change, version, hash, op, waiting, epoch)
    select ${system}, g.dataset, g.key, g.change, g.version, g.hash, g.op, g.waiting, ${epoch}
    from json_to_recordset(${JSON.stringify(changed)}::json)
      as g(dataset text, key text, change bigint, version int, hash text, op text, waiting int)
    on conflict (system, dataset, key) do update set change = excluded.change, version = excluded.version, hash = excluded.hash,
      op = excluded.op, waiting = excluded.waiting, epoch = excluded.epoch`.execute(db);
}

async function keepRaw(db: Transaction<unknown>, { system, epoch }: PagePart['page'], fresh: readonly Judgement[]): Promise<void> {
  const raw = fresh.flatMap(({ entry }) =>
    isUnusable(entry) ? { position: entry.position, raw: Buffer.from(entry.raw).toString('base64') } : [],
  );
  if (raw.length === 0) return;
  await sql`insert into unusable (change, raw) select c.id, decode(g.raw, 'base64')
    from jsonb_to_recordset(${JSON.stringify(raw)}::jsonb) as g(position bigint, raw text)
    join change c on c.system = ${system} and c.epoch = ${epoch} and c.position = g.position`.execute(db);
}

async function addReceipt(db: Transaction<unknown>, system: string, receipt: string): Promise<void> {
  await sql`insert into outbox (system, body) values (${`receipts:${system}`}, ${receipt})`.execute(db);
}
