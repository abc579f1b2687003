/**
 * One change of a system's feed, with the whole version of its record. Nothing of it is made anew when it is read: a closed
 * segment is the same bytes for ever.
 * @see design/feed.md 4 and 7; schema/PROTOCOL.md «The feed of a system»
 */
import { canonicalContent } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import type { RecordSource, WithdrawalReason } from '../write/arrival.ts';

/** A change as it is sent; members always in this order. */
export interface FeedEntry {
  readonly position: number;
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
  readonly op: 'put' | 'withdraw';
  /** SM3 of `hub/record-content/1`, dataset and payload, a line feed between them. */
  readonly hash: string;
  /** Canonical content: text, so that no reader can change it. */
  readonly payload: string;
  /** DATA_TIMESTAMP as sent; null when it was not. */
  readonly dataTimestamp: string | null;
  /** `name@version` of the contract by which it was judged. */
  readonly contract: string;
  /** The trade it is of, then the one it was of before. */
  readonly categories: readonly string[];
  readonly source: RecordSource;
  /** Canonical instant. */
  readonly receivedAt: string;
  /** Of withdrawals only. */
  readonly reason?: WithdrawalReason;
  readonly movedTo?: string;
  readonly movedFrom?: string;
}

/** A change as it is stored. */
export interface EntryRow extends Omit<FeedEntry, 'position' | 'payload' | 'reason' | 'movedTo' | 'movedFrom'> {
  readonly position: string;
  readonly payload: string | null;
  readonly wire: Readonly<Record<string, string>>;
  readonly reason: WithdrawalReason | null;
  readonly moved: string | null;
}

/** What is read of `feed f`, `outbox o` and `record_version v`. The wire form is read only where there is no payload yet. */
export const entryColumns: RawBuilder<EntryRow> = sql<EntryRow>`f.position, o.dataset, o.key, o.version, o.op, o.hash, v.payload,
  case when v.payload is null then v.wire else '{}'::jsonb end as wire, v.wire->>'DATA_TIMESTAMP' as "dataTimestamp",
  v.contract_version as contract, o.categories, v.source,
  to_char(v.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "receivedAt", o.reason, o.moved`;

/** Where it is read from. */
export const entryTables: RawBuilder<unknown> = sql`feed f join outbox o on o.id = f.outbox
  join record_version v on v.system = o.system and v.dataset = o.dataset and v.key = o.key and v.version = o.version`;

/** @returns The change as it is sent. */
export function feedEntry(row: EntryRow): FeedEntry {
  const { dataset, key, version, op, hash, dataTimestamp, contract, categories, source, receivedAt, reason, moved } = row;
  return {
    position: Number(row.position),
    dataset,
    key,
    version,
    op,
    hash,
    payload: row.payload ?? canonicalContent(row.wire),
    dataTimestamp,
    contract,
    categories,
    source: sourceOf(source),
    receivedAt,
    ...(reason === null ? {} : { reason }),
    ...(moved === null ? {} : op === 'put' ? { movedFrom: moved } : { movedTo: moved }),
  };
}

/** A database may give the members of a JSON value in any order. */
function sourceOf({ kind, name, url }: RecordSource): RecordSource {
  return { kind, ...(name === undefined ? {} : { name }), ...(url === undefined ? {} : { url }) };
}
