/**
 * One system's part of a page, read and checked: sort keys in the form the order needs, ids of its own records, every use of
 * a row as the contract types it, errors where they belong.
 * @see design/partitioning.md «Page»
 */
import { decodeSystemCursor, isDecimal, type SortKey, type SortOrder } from '@hub/schema';

import type { Portion } from '../merge/portion.ts';
import type { Answer } from './ask.ts';
import type { ConnectionShape } from './connection.ts';
import { isNullAt, type RawError } from './raw-error.ts';
import { assertOwn, InvalidAnswer, isObject, type Read } from './reader.ts';
import { rootAlias } from './upstream.ts';

/** A row of one system: its sort key, what each use of it shows, and what failed in it. */
export interface Row {
  readonly key: SortKey;
  /** By alias of the use. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Their paths begin at the use. */
  readonly errors: readonly RawError[];
}

/** What one system has said of a page. */
export interface SystemPage extends Portion<Row> {
  readonly totalCount: number;
}

/** How a page of one list is read. */
export interface PageReading {
  readonly shape: ConnectionShape;
  readonly readers: readonly { readonly alias: string; readonly read: Read }[];
  /** Graph type of the rows. */
  readonly rowType: string;
  readonly order: SortOrder;
}

/** @throws InvalidAnswer */
export function readSystemPage({ data, errors }: Answer, system: string, reading: PageReading): Omit<SystemPage, 'full'> {
  const page = data[rootAlias];
  if (!isObject(page)) throw new InvalidAnswer('the list is absent');
  const { wantsRows, wantsCount } = reading.shape;
  const errorsOf = errorsByRow(errors, data);
  return {
    rows: wantsRows ? listOf(page['edges']).map((edge, index) => readRow(edge, { ...reading, system, errors: errorsOf(index) })) : [],
    totalCount: wantsCount ? countOf(page['totalCount']) : 0,
  };
}

interface RowReading extends PageReading {
  readonly system: string;
  readonly errors: readonly RawError[];
}

function readRow(edge: unknown, { readers, rowType, order, system, errors }: RowReading): Row {
  if (!isObject(edge) || typeof edge['cursor'] !== 'string') throw new InvalidAnswer('an edge has no cursor');
  const key = decodeSystemCursor(edge['cursor']);
  if (key === undefined) throw new InvalidAnswer('a cursor is no sort key');
  const [value, id] = key;
  if (value !== null && order.kind === 'decimal' && !isDecimal(value)) throw new InvalidAnswer('a sort key is no decimal');
  assertOwn(id, { system, type: rowType }, 'a row');
  if (!isObject(edge['key']) || edge['key']['id'] !== id) throw new InvalidAnswer('a cursor names another row');
  const values: Record<string, unknown> = {};
  for (const { alias, read } of readers) values[alias] = read(edge[alias] ?? null, system);
  return { key, values, errors };
}

function errorsByRow(errors: readonly RawError[], data: Answer['data']): (index: number) => readonly RawError[] {
  const byRow = Map.groupBy(errors, (error) => {
    const [root, edges, index, alias] = error.path;
    const inRow = root === rootAlias && edges === 'edges' && typeof index === 'number' && typeof alias === 'string';
    if (!inRow || !isNullAt(data, error.path)) throw new InvalidAnswer('an error belongs to no row');
    return index;
  });
  return (index) => (byRow.get(index) ?? []).map((error) => ({ ...error, path: error.path.slice(3) }));
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new InvalidAnswer('edges is no list');
  return value;
}

function countOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new InvalidAnswer('totalCount is no count');
  return value;
}
