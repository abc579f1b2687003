/**
 * MikroORM's view of the database, made from the contracts: one table for each dataset, and the journal every write goes
 * through. Every table carries the system, so that one database may serve one system or many.
 * @see design/feed.md 1
 */
import type { Dataset } from '@hub/schema';
import { EntitySchema } from '@mikro-orm/postgresql';

import { columnTypes, contractColumns, datasetColumns, tableName } from './columns.ts';

interface Property {
  readonly type: string;
  readonly columnType?: string;
  readonly collation?: string;
  readonly primary?: boolean;
  readonly unique?: boolean;
  readonly nullable?: boolean;
  readonly autoincrement?: boolean;
  readonly defaultRaw?: string;
}

const bytes: Property = { type: 'text', columnType: 'text', collation: 'C' };
const instant: Property = { type: 'string', columnType: 'timestamptz(6)' };
const json: Property = { type: 'json', columnType: 'jsonb' };

/** Columns every dataset's table has besides its typed ones. */
const recordProperties: Readonly<Record<string, Property>> = {
  system: { ...bytes, primary: true },
  key: { ...bytes, primary: true },
  id: { ...bytes, unique: true },
  version: { type: 'integer' },
  origin: { ...bytes },
  source: json,
  received_at: instant,
  warnings: json,
  wire: json,
};

function entity(name: string, properties: Readonly<Record<string, Property>>): EntitySchema {
  const named: Record<string, Property & { readonly fieldName: string }> = {};
  for (const [field, property] of Object.entries(properties)) named[field] = { ...property, fieldName: field };
  return new EntitySchema({ name, tableName: name, properties: named });
}

/** @returns The table of one dataset. */
function datasetEntity(dataset: Dataset): EntitySchema {
  const typed = datasetColumns(dataset).map(({ name, kind }): [string, Property] => [
    name,
    {
      type: kind,
      columnType: columnTypes[kind],
      nullable: true,
      ...(kind === 'text' ? { collation: 'C' } : {}),
    },
  ]);
  const contract = contractColumns(dataset).map(([name]): [string, Property] => [name, { ...bytes, nullable: true }]);
  return entity(tableName(dataset), { ...recordProperties, ...Object.fromEntries([...contract, ...typed]) });
}

/** The message as it came. */
const message = entity('message', {
  id: { type: 'bigint', columnType: 'bigint', primary: true, autoincrement: true },
  system: bytes,
  format: bytes,
  body: { type: 'text', columnType: 'text' },
  received_at: instant,
});

/**
 * Where each record stands now; its row lock orders the versions. `version`: the last number given; `current`: the version
 * that stands, an older number when what came since was superseded; `hash`: null when withdrawn; `data_timestamp`: the latest
 * time at which the sender said this, a canonical instant.
 */
const head = entity('record_head', {
  system: { ...bytes, primary: true },
  dataset: { ...bytes, primary: true },
  key: { ...bytes, primary: true },
  version: { type: 'integer' },
  current: { type: 'integer' },
  hash: { ...bytes, nullable: true },
  data_timestamp: { ...bytes, nullable: true },
});

/**
 * Every version a record ever had. `superseded`: arrived after a newer one, history only. `payload`: the canonical text that the
 * hash is of; null in rows older than the column.
 */
const version = entity('record_version', {
  system: { ...bytes, primary: true },
  dataset: { ...bytes, primary: true },
  key: { ...bytes, primary: true },
  version: { type: 'integer', primary: true },
  op: bytes,
  superseded: { type: 'boolean' },
  hash: bytes,
  data_timestamp: { ...bytes, nullable: true },
  contract_version: bytes,
  message: { type: 'bigint', columnType: 'bigint' },
  source: json,
  wire: json,
  payload: { type: 'text', columnType: 'text', nullable: true },
  received_at: instant,
});

/**
 * What the sequencer reads. `xid` fences out what is not yet committed; `era` is the cluster it was written in, 0 in rows older
 * than the column (`sql/feed-era.sql` makes the default that newer ones have). `categories`: the trade it is of, then the one
 * it was of; `reason` of a withdrawal; `moved`: the system that the record went to or came from.
 */
const outbox = entity('outbox', {
  id: { type: 'bigint', columnType: 'bigint', primary: true, autoincrement: true },
  xid: { type: 'string', columnType: 'xid8', defaultRaw: 'pg_current_xact_id()' },
  system: bytes,
  dataset: bytes,
  key: bytes,
  version: { type: 'integer' },
  op: bytes,
  hash: bytes,
  era: { type: 'integer', defaultRaw: '0' },
  categories: { type: 'string[]', columnType: 'text[]', defaultRaw: "'{}'" },
  reason: { ...bytes, nullable: true },
  moved: { ...bytes, nullable: true },
});

/**
 * Changes that may not leave yet: what they say is sealed, or a change of the same record is before them. They enter the outbox
 * when all `lots` of the `contract` have reached all `milestones`, so that nobody downstream has a seal to keep. Without an
 * `xid`: theirs is that of the transaction that lets them go.
 */
const sealedChange = entity('sealed_change', {
  id: { type: 'bigint', columnType: 'bigint', primary: true, autoincrement: true },
  system: bytes,
  dataset: bytes,
  key: bytes,
  version: { type: 'integer' },
  op: bytes,
  hash: bytes,
  categories: { type: 'string[]', columnType: 'text[]' },
  reason: { ...bytes, nullable: true },
  moved: { ...bytes, nullable: true },
  contract: bytes,
  lots: { type: 'string[]', columnType: 'text[]' },
  milestones: { type: 'string[]', columnType: 'text[]' },
});

/** Each system's changes in their dense order 1, 2, 3 …; written by the sequencer alone, and never altered. */
const feed = entity('feed', {
  system: { ...bytes, primary: true },
  position: { type: 'bigint', columnType: 'bigint', primary: true },
  outbox: { type: 'bigint', columnType: 'bigint', unique: true },
  era: { type: 'integer' },
  xid: { type: 'string', columnType: 'xid8' },
  sequenced_at: instant,
});

/** The clusters that the database has lived in, in order. */
const era = entity('feed_era', {
  era: { type: 'integer', primary: true },
  cluster: { type: 'bigint', columnType: 'bigint' },
});

/** What the database was last built for. */
const stamp = entity('hub_stamp', {
  name: { ...bytes, primary: true },
  value: { type: 'text', columnType: 'text' },
});

/** @returns Every table a store of these datasets needs. */
export function storeEntities(datasets: readonly Dataset[]): EntitySchema[] {
  return [message, head, version, outbox, sealedChange, feed, era, stamp, ...datasets.map(datasetEntity)];
}
