/**
 * The one function that writes. In one transaction: the message as it came, the record version, its hash, the outbox row,
 * and what the board derives from it. Versions count up under the row lock of the record's head.
 * @see design/feed.md 1 and 4
 */
import { type Kysely, type Transaction, sql } from 'kysely';

import type { Store } from '../store/store.ts';
import type { SystemRow } from '@hub/schema';

import type { Arrival, Outcome } from './arrival.ts';
import { projectBoard } from './project-board.ts';
import { storeRows } from './store-rows.ts';

interface Head {
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
  readonly hash: string | null;
  readonly data_timestamp: string | null;
}

interface Decided {
  readonly arrival: Arrival;
  readonly outcome: Outcome;
}

/**
 * @param arrivals - Valid records, at most 1,000, so that the cluster's fence is held back for a moment only.
 * @param receivedAt - Canonical instant.
 * @returns One outcome for each arrival, in order.
 */
export async function writeRecords(
  store: Store,
  system: SystemRow,
  { arrivals, receivedAt }: { readonly arrivals: readonly Arrival[]; readonly receivedAt: string },
): Promise<readonly Outcome[]> {
  return store.db.transaction().execute(async (transaction) => {
    const outcomes = new Map<Arrival, Outcome>();
    for (const wave of wavesOf(arrivals)) {
      const heads = await lockHeads(transaction, system.code, wave);
      const decided = wave.map((arrival) => ({ arrival, outcome: decide(arrival, heads.get(headKey(arrival))) }));
      for (const { arrival, outcome } of decided) outcomes.set(arrival, outcome);
      const news = decided.filter(({ outcome }) => outcome.state === 'ACCEPTED' || outcome.state === 'SUPERSEDED');
      await journal(transaction, { system: system.code, receivedAt, news });
      const changes = news.filter(({ outcome }) => outcome.state === 'ACCEPTED');
      await storeRows(transaction, { system, receivedAt, changes });
      await projectBoard(transaction, { store, system, receivedAt }, changes);
    }
    return arrivals.flatMap((arrival) => outcomes.get(arrival) ?? []);
  });
}

/** A record that comes twice in one batch is written twice, one after the other. */
function wavesOf(arrivals: readonly Arrival[]): readonly (readonly Arrival[])[] {
  const waves: Arrival[][] = [];
  const seen = new Map<string, number>();
  for (const arrival of arrivals) {
    const turn = seen.get(headKey(arrival)) ?? 0;
    seen.set(headKey(arrival), turn + 1);
    (waves[turn] ??= []).push(arrival);
  }
  return waves;
}

function headKey({ stored, key }: Arrival): string {
  return `${stored.dataset.code}\n${key}`;
}

async function lockHeads(
  db: Kysely<unknown>,
  system: string,
  wave: readonly Arrival[],
): Promise<ReadonlyMap<string, Head>> {
  const keys = JSON.stringify(wave.map(({ stored, key }) => ({ dataset: stored.dataset.code, key })));
  // Making the missing heads first gives every record a row to lock; the order of keys rules deadlocks out.
  await sql`insert into record_head (system, dataset, key, version)
    select ${system}, k.dataset, k.key, 0 from jsonb_to_recordset(${keys}::jsonb) as k(dataset text, key text)
    order by k.dataset, k.key on conflict do nothing`.execute(db);
  const locked = await sql<Head>`select h.dataset, h.key, h.version, h.hash, h.data_timestamp from record_head h
    join jsonb_to_recordset(${keys}::jsonb) as k(dataset text, key text) on h.dataset = k.dataset and h.key = k.key
    where h.system = ${system} order by h.dataset, h.key for update of h`.execute(db);
  return new Map(locked.rows.map((head) => [`${head.dataset}\n${head.key}`, head]));
}

function decide(arrival: Arrival, head: Head | undefined): Outcome {
  const { key, hash, op } = arrival;
  const version = head?.version ?? 0;
  if (op === 'withdraw' && (head?.hash ?? null) === null) return { key, version, state: 'UNKNOWN' };
  if (op === 'put' && head?.hash === hash) return { key, version, state: 'UNCHANGED' };
  const older = head?.data_timestamp != null && (arrival.wire['DATA_TIMESTAMP'] ?? '9') < head.data_timestamp;
  return { key, version: version + 1, state: older && version > 0 ? 'SUPERSEDED' : 'ACCEPTED' };
}

async function journal(
  db: Transaction<unknown>,
  { system, receivedAt, news }: { system: string; receivedAt: string; news: readonly Decided[] },
): Promise<void> {
  if (news.length === 0) return;
  const rows = JSON.stringify(
    news.map(({ arrival, outcome }, place) => ({
      place,
      format: arrival.message.format,
      body: arrival.message.body,
      dataset: arrival.stored.dataset.code,
      key: arrival.key,
      version: outcome.version,
      op: arrival.op,
      superseded: outcome.state === 'SUPERSEDED',
      hash: arrival.hash,
      data_timestamp: arrival.wire['DATA_TIMESTAMP'] ?? null,
      contract_version: `${arrival.stored.contract.name}@${arrival.stored.contract.version}`,
      source: arrival.source,
      wire: arrival.wire,
    })),
  );
  await sql`
    with arrived as materialized (
      select nextval(pg_get_serial_sequence('message', 'id')) as message, row.*
      from jsonb_to_recordset(${rows}::jsonb) as row(place int, format text, body text, dataset text, key text,
        version int, op text, superseded boolean, hash text, data_timestamp text, contract_version text, source jsonb, wire jsonb)
    ), messages as (
      insert into message (id, system, format, body, received_at)
      select message, ${system}, format, body, ${receivedAt}::timestamptz from arrived
    ), versions as (
      insert into record_version (system, dataset, key, version, op, superseded, hash, data_timestamp, contract_version,
        message, source, wire, received_at)
      select ${system}, dataset, key, version, op, superseded, hash, data_timestamp, contract_version,
        message, source, wire, ${receivedAt}::timestamptz from arrived
    ), changes as (
      insert into outbox (system, dataset, key, version, op, hash)
      select ${system}, dataset, key, version, op, hash from arrived where not superseded order by place
    )
    update record_head h set version = arrived.version,
      hash = case when arrived.superseded then h.hash when arrived.op = 'put' then arrived.hash end,
      data_timestamp = case when arrived.superseded then h.data_timestamp else arrived.data_timestamp end
    from arrived where h.system = ${system} and h.dataset = arrived.dataset and h.key = arrived.key`.execute(db);
}
