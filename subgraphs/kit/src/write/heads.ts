/**
 * Where records stand: their heads, locked in one order by all writers, so that versions count up and nobody waits in a circle.
 * @see design/feed.md 4
 */
import { type Transaction, sql } from 'kysely';

import { type Arrival, sentAt } from './arrival.ts';

/** What stands for a record now. */
export interface Head {
  readonly dataset: string;
  readonly key: string;
  /** The last number given; 0: none yet. */
  readonly version: number;
  /** The version that stands. */
  readonly current: number;
  /** Hash of what stands; null when nothing does. */
  readonly hash: string | null;
  /** The latest time at which the sender said so, canonical. */
  readonly data_timestamp: string | null;
}

/** Heads by record name. */
export type Heads = ReadonlyMap<string, Head>;

/**
 * Makes the heads of records that are new, so that every record has a row to lock. For the whole batch at once, in the order
 * in which all lock them.
 */
export async function makeHeads(db: Transaction<unknown>, system: string, arrivals: readonly Arrival[]): Promise<void> {
  const puts = keysOf(arrivals.filter(({ op }) => op === 'put'));
  await sql`insert into record_head (system, dataset, key, version, current)
    select ${system}, k.dataset, k.key, 0, 0 from jsonb_to_recordset(${puts}::jsonb) as k(dataset text, key text)
    order by k.dataset collate "C", k.key collate "C" on conflict do nothing`.execute(db);
}

/** @returns The heads of the records, locked until the transaction ends; none for withdrawals of what never was. */
export async function lockHeads(db: Transaction<unknown>, system: string, wave: readonly Arrival[]): Promise<Heads> {
  const locked = await sql<Head>`select h.dataset, h.key, h.version, h.current, h.hash, h.data_timestamp from record_head h
    join jsonb_to_recordset(${keysOf(wave)}::jsonb) as k(dataset text, key text) on h.dataset = k.dataset and h.key = k.key
    where h.system = ${system} order by h.dataset, h.key for update of h`.execute(db);
  return new Map(locked.rows.map((head) => [`${head.dataset}\n${head.key}`, head]));
}

/**
 * The sender says again what stands: were it not noted when, something older that comes later would take its place.
 */
export async function noteRepeats(db: Transaction<unknown>, system: string, repeated: readonly Arrival[]): Promise<void> {
  const times = repeated.flatMap((arrival) => {
    const time = sentAt(arrival);
    return time === null ? [] : [{ dataset: arrival.stored.dataset.code, key: arrival.key, time }];
  });
  if (times.length === 0) return;
  await sql`update record_head h set data_timestamp = k.time
    from jsonb_to_recordset(${JSON.stringify(times)}::jsonb) as k(dataset text, key text, time text)
    where h.system = ${system} and h.dataset = k.dataset and h.key = k.key
      and (h.data_timestamp is null or h.data_timestamp < k.time)`.execute(db);
}

/**
 * @returns The version that a record already has under the same time and content, by record name: a whole file that is sent
 * again adds nothing, though it also brings again what was replaced since.
 */
export async function versionsKnown(
  db: Transaction<unknown>,
  system: string,
  wave: readonly Arrival[],
): Promise<ReadonlyMap<string, number>> {
  const asked = wave.flatMap((arrival) => {
    const time = sentAt(arrival);
    const { stored, key, op, hash } = arrival;
    return time === null ? [] : [{ dataset: stored.dataset.code, key, op, hash, time }];
  });
  if (asked.length === 0) return new Map();
  const found = await sql<{ dataset: string; key: string; version: number }>`
    select v.dataset, v.key, min(v.version) as version
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as k(dataset text, key text, op text, hash text, time text)
    join record_version v on v.system = ${system} and v.dataset = k.dataset and v.key = k.key
      and v.op = k.op and v.hash = k.hash and v.data_timestamp = k.time
    group by v.dataset, v.key`.execute(db);
  return new Map(found.rows.map(({ dataset, key, version }) => [`${dataset}\n${key}`, version]));
}

function keysOf(wave: readonly Arrival[]): string {
  return JSON.stringify(wave.map(({ stored, key }) => ({ dataset: stored.dataset.code, key })));
}
