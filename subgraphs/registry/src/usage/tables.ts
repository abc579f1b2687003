/**
 * What is kept of the operations gateways answered: their signatures, the schema coordinates they use, and counts by day and
 * client. Never a value of a caller: what gateways send holds none.
 * @see schema/PROTOCOL.md 12; README «使用 · Usage»
 */
import { EntitySchema } from '@mikro-orm/postgresql';

/** An operation by its signature, once, however many callers send it. */
export interface StoredOperation {
  readonly id?: number;
  /** Of the signature, in hex. */
  readonly sha256: string;
  /** The signature: the operation without literals, aliases and names its caller chose; `OTHER` for those beyond the bounds. */
  readonly text: string;
  /** Digest of the coordinates that the document itself uses. */
  readonly fieldsSha256: string;
  /** How many coordinates are kept of it. */
  readonly fieldCount: number;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** A schema coordinate that an operation uses. */
export interface OperationField {
  readonly coordinate: string;
  readonly operation: number;
  /** Null: the document itself uses it. A day: variables did, on that day for the last time. */
  readonly givenOn: string | null;
}

/** How often a client sent an operation on a day. */
export interface OperationUsage {
  readonly day: string;
  readonly operation: number;
  readonly client: string;
  readonly requests: number;
  readonly errors: number;
}

/** The last batch that was taken from one run of a gateway: what it sends again is counted once. */
export interface UsageBatch {
  readonly gateway: string;
  readonly run: string;
  readonly batch: number;
  readonly takenAt: Date;
}

const bytes = { type: 'text', columnType: 'text', collation: 'C' } as const;
const day = { type: 'string', columnType: 'date' } as const;
const number = { type: 'integer', columnType: 'integer' } as const;
const count = { type: 'bigint', columnType: 'bigint' } as const;

const operationEntity = new EntitySchema<StoredOperation>({
  name: 'StoredOperation',
  tableName: 'registry_operation',
  properties: {
    id: { ...number, primary: true, autoincrement: true },
    sha256: { ...bytes, unique: true },
    text: bytes,
    fieldsSha256: bytes,
    fieldCount: number,
    firstDay: day,
    lastDay: day,
  },
});

const fieldEntity = new EntitySchema<OperationField>({
  name: 'OperationField',
  tableName: 'registry_operation_field',
  properties: {
    // In this order: what is asked is who uses a coordinate.
    coordinate: { ...bytes, primary: true },
    operation: { ...number, primary: true, index: true },
    givenOn: { ...day, nullable: true },
  },
});

const usageEntity = new EntitySchema<OperationUsage>({
  name: 'OperationUsage',
  tableName: 'registry_usage',
  properties: {
    // In this order: what is asked is what happened since a day.
    day: { ...day, primary: true },
    operation: { ...number, primary: true },
    client: { ...bytes, primary: true },
    requests: count,
    errors: count,
  },
});

const batchEntity = new EntitySchema<UsageBatch>({
  name: 'UsageBatch',
  tableName: 'registry_usage_batch',
  properties: {
    gateway: { ...bytes, primary: true },
    run: { ...bytes, primary: true },
    batch: number,
    takenAt: { type: 'datetime', columnType: 'timestamptz(3)' },
  },
});

/** The tables of usage. */
export const usageEntities = [operationEntity, fieldEntity, usageEntity, batchEntity];
