/**
 * The only statements a bridge sends to somebody's database: `select` of the mapping's columns, as text, from one view. Names
 * are quoted, values are parameters.
 * @see subgraphs/bridge/README.md «视图 · Views»
 */
import { HubError } from '@hub/schema';

import { columnsOf } from '../mapping/field-rule.ts';
import { type Entry, entryName } from '../mapping/mapping.ts';

import type { ReadRequest } from './reader.ts';

/** What differs between database systems. */
export interface Dialect {
  readonly quote: (name: string) => string;
  /** A column as text. */
  readonly text: (column: string) => string;
  /** A parameter as a value of the column's type; `type` is the database's own word for it. */
  readonly value: (place: number, type: string) => string;
  /** That many seconds, or numbers, before a value. */
  readonly before: (value: string, overlap: number, kind: 'time' | 'number') => string;
}

/** A statement and its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly string[];
}

/** Columns of a view with their types. */
export type Columns = ReadonlyMap<string, string>;

/** @returns Every column an entry reads. */
export function columnsUsed({ key, since, fields }: Entry): readonly string[] {
  const since_ = since === undefined ? [] : [since.column];
  return [...new Set([...key, ...since_, ...Object.values(fields).flatMap(columnsOf)])];
}

/** @throws HubError CONFIG_INVALID when the view is not there, lacks a column, or has a `since` that is neither time nor number. */
export function checkColumns(entry: Entry, columns: Columns): void {
  const absent = columnsUsed(entry).filter((column) => !columns.has(column));
  if (columns.size === 0) {
    throw new HubError('CONFIG_INVALID', {
      zh: `数据库里没有视图 ${entry.from}，或本用户无权读它。`,
      en: `There is no view ${entry.from}, or this user may not read it.`,
    });
  }
  if (absent.length > 0) {
    throw new HubError('CONFIG_INVALID', {
      zh: `视图 ${entry.from} 没有列 ${absent.join('、')}（映射 ${entryName(entry)} 要用）。`,
      en: `The view ${entry.from} has no column ${absent.join(', ')}, which the mapping of ${entryName(entry)} reads.`,
    });
  }
  if (entry.since !== undefined && kindOf(columns.get(entry.since.column)) === undefined) {
    throw new HubError('CONFIG_INVALID', {
      zh: `${entry.from}.${entry.since.column} 既不是时间也不是数，不能用作 since。`,
      en: `${entry.from}.${entry.since.column} is neither a time nor a number: it cannot be «since».`,
    });
  }
}

/** @returns The statement that reads a pass, in an order in which it can go on. */
export function readStatement(dialect: Dialect, entry: Entry, { columns, request }: { columns: Columns; request: ReadRequest }): Statement {
  const { pass, from } = request;
  // By the view's own name for them: a bare name would mean the text that is selected, whose order is another.
  const columnOf = (name: string): string => `v.${dialect.quote(name)}`;
  const keys = entry.key.map(columnOf);
  const selected = columnsUsed(entry).map((column) => `${dialect.text(columnOf(column))} as ${dialect.quote(column)}`);
  const head = `select ${selected.join(', ')} from ${viewName(dialect, entry)} as v`;
  const { since } = entry;
  if (pass === 'changes' && since !== undefined) {
    const column = columnOf(since.column);
    const type = columns.get(since.column) ?? '';
    const value = dialect.before(dialect.value(1, type), since.overlap, kindOf(type) ?? 'number');
    const where = from === undefined ? `${column} is not null` : `${column} >= ${value}`;
    return { text: `${head} where ${where} order by ${[column, ...keys].join(', ')}`, values: from === undefined ? [] : [from] };
  }
  const after = from === undefined ? [] : parsePosition(from);
  const marks = entry.key.map((name, place) => dialect.value(place + 1, columns.get(name) ?? ''));
  const where = after.length === 0 ? '' : ` where (${keys.join(', ')}) > (${marks.join(', ')})`;
  return { text: `${head}${where} order by ${keys.join(', ')}`, values: after };
}

/** @returns The statement for the greatest value of `since`; undefined when the entry has none. */
export function markStatement(dialect: Dialect, entry: Entry): string | undefined {
  if (entry.since === undefined) return undefined;
  const greatest = `max(${dialect.quote(entry.since.column)})`;
  return `select ${dialect.text(greatest)} as mark from ${viewName(dialect, entry)}`;
}

/** @returns Where to go on after a row; undefined when it has no such value. */
export function positionAfter(entry: Entry, pass: ReadRequest['pass'], row: Readonly<Record<string, string | null>>): string | undefined {
  if (pass === 'changes' && entry.since !== undefined) return row[entry.since.column] ?? undefined;
  const values = entry.key.map((column) => row[column]);
  return values.every((value) => typeof value === 'string') ? JSON.stringify(values) : undefined;
}

function parsePosition(text: string): readonly string[] {
  const values: unknown = JSON.parse(text);
  return Array.isArray(values) ? values.map(String) : [];
}

function viewName({ quote }: Dialect, { from }: Entry): string {
  return from.split('.').map(quote).join('.');
}

function kindOf(type = ''): 'time' | 'number' | undefined {
  if (/^(timestamp|date)/.test(type)) return 'time';
  return /int|serial|numeric|decimal|double|float|real/.test(type) ? 'number' : undefined;
}
