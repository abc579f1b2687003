/**
 * Writes down what came: the message, the record's version, the outbox row that the feed is made from, and the new head. A
 * change whose content is sealed waits in `sealed_change` instead, and so does what comes after it.
 * @see design/feed.md 1; schema/PROTOCOL.md 13
 */
import { canonicalContent } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { type Decided, sentAt } from './arrival.ts';
import type { Projection } from './projection.ts';
import { recordCategory } from './record-category.ts';
import { waitsOf } from './sealed-content.ts';

/** Stores what is new, in the order of the batch, as one statement. */
export async function journal(db: Transaction<unknown>, projection: Projection, news: readonly Decided[]): Promise<void> {
  if (news.length === 0) return;
  const { receivedAt } = projection;
  const system = projection.system.code;
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
      data_timestamp: sentAt(arrival),
      contract_version: `${arrival.stored.contract.name}@${arrival.stored.contract.version}`,
      source: arrival.source,
      wire: arrival.wire,
      payload: canonicalContent(arrival.wire),
      category: recordCategory(arrival),
      reason: arrival.op === 'withdraw' ? (arrival.reason ?? 'SENDER') : null,
      moved: arrival.moved ?? null,
      ...waitsOf(projection, arrival),
    })),
  );
  await sql`
    with arrived as materialized (
      select nextval((select pg_get_serial_sequence('message', 'id')::regclass)) as message, row.*
      from jsonb_to_recordset(${rows}::jsonb) as row(place int, format text, body text, dataset text, key text,
        version int, op text, superseded boolean, hash text, data_timestamp text, contract_version text, source jsonb, wire jsonb,
        payload text, category text, reason text, moved text, contract text, lots text[], milestones text[])
    ), messages as (
      insert into message (id, system, format, body, received_at)
      select message, ${system}, format, body, ${receivedAt}::timestamptz from arrived
    ), versions as (
      insert into record_version (system, dataset, key, version, op, superseded, hash, data_timestamp, contract_version,
        message, source, wire, payload, received_at)
      select ${system}, dataset, key, version, op, superseded, hash, data_timestamp, contract_version,
        message, source, wire, payload, ${receivedAt}::timestamptz from arrived
    ), news as materialized (
      select arrived.*, milestones <> '{}' or exists (
          select from sealed_change s where s.system = ${system} and s.dataset = arrived.dataset and s.key = arrived.key
        ) as waits,
        array_remove(array[coalesce(arrived.category, before.category), case when arrived.category <> before.category then before.category end], null)
          as categories
      from arrived left join lateral (
        -- Who follows one trade must be told of a record that leaves it.
        select (coalesce(o.categories, s.categories))[1] as category from record_head h
        left join outbox o on o.system = h.system and o.dataset = h.dataset and o.key = h.key and o.version = h.current
        left join sealed_change s on s.system = h.system and s.dataset = h.dataset and s.key = h.key and s.version = h.current
        where h.system = ${system} and h.dataset = arrived.dataset and h.key = arrived.key
      ) before on true
      where not superseded
    ), changes as (
      insert into outbox (system, dataset, key, version, op, hash, reason, moved, categories)
      select ${system}, dataset, key, version, op, hash, reason, moved, categories from news where not waits order by place
    ), sealed as (
      insert into sealed_change (system, dataset, key, version, op, hash, reason, moved, categories, contract, lots, milestones)
      select ${system}, dataset, key, version, op, hash, reason, moved, categories, contract, lots, milestones
      from news where waits order by place
    )
    update record_head h set version = arrived.version,
      current = case when arrived.superseded then h.current else arrived.version end,
      hash = case when arrived.superseded then h.hash when arrived.op = 'put' then arrived.hash end,
      data_timestamp = case when arrived.superseded then h.data_timestamp else coalesce(arrived.data_timestamp, h.data_timestamp) end
    from arrived where h.system = ${system} and h.dataset = arrived.dataset and h.key = arrived.key`.execute(db);
}
