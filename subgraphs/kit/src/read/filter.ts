/**
 * A filter argument as SQL. Fields are ANDed; operators `in gte lt within text`.
 * @see design/graph.md «Shape»
 */
import type { Dataset, Field } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { type Column, columnsOf } from '../store/columns.ts';

import { unsealed } from './seal.ts';

type Condition = RawBuilder<unknown>;
type Operators = Readonly<Record<string, unknown>>;

/** A filter argument after coercion. */
export type Filter = Readonly<Record<string, unknown>>;

/** Identifiers are compared without regard to case: senders write them both ways. */
const caseless: ReadonlySet<string> = new Set([
  'ProjectCode',
  'TenderProjectCode',
  'BidSectionCode',
  'UnifiedDealCode',
  'InvestmentCode',
  'CreditCode',
]);

/** @returns SQL condition over alias `t`: the system's readable rows that match. */
export function matching(dataset: Dataset, system: string, filter: Filter | null | undefined): Condition {
  const conditions: Condition[] = [sql`t.system = ${system}`, unsealed(dataset)];
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (value === null || value === undefined || name === 'systems') continue;
    if (name === 'copies') {
      if (value === 'EXCLUDE') conditions.push(sql`t.origin = 'ORIGINAL'`);
      continue;
    }
    const field = dataset.fields.find((candidate) => candidate.name === name);
    if (field !== undefined) conditions.push(...fieldConditions(field, value));
  }
  return sql.join(conditions, sql` and `);
}

function fieldConditions(field: Field, value: unknown): readonly Condition[] {
  const columns = columnsOf(field);
  if (typeof value === 'boolean') return columns.map((column) => sql`${own(column)} = ${value}`);
  if (typeof value !== 'object' || value === null) return [];
  const operators = Object.entries(value as Operators).filter(([, operand]) => operand !== null && operand !== undefined);
  if (field.graphType === 'Party') {
    return operators.flatMap(([part, nested]) => {
      const column = columns.find((candidate) => candidate.part === (part === 'name' ? 'names' : 'codes'));
      return column === undefined ? [] : fieldOperators(column, nested as Operators);
    });
  }
  return columns.flatMap((column) => fieldOperators(column, Object.fromEntries(operators)));
}

function fieldOperators(column: Column, operators: Operators): readonly Condition[] {
  return Object.entries(operators).flatMap(([operator, operand]) =>
    operand === null || operand === undefined ? [] : [condition(column, operator, operand)],
  );
}

function condition(column: Column, operator: string, operand: unknown): Condition {
  switch (operator) {
    case 'in':
      return within(column, Array.isArray(operand) ? operand : [operand]);
    case 'gte':
      return sql`${own(column)} >= ${typed(column, operand)}`;
    case 'lt':
      return sql`${own(column)} < ${typed(column, operand)}`;
    case 'within':
      return sql`${own(column)} like ${`${regionPrefix(String(operand))}%`}`;
    default:
      return contains(column, String(operand));
  }
}

function within(column: Column, operands: readonly unknown[]): Condition {
  const upper = caseless.has(column.field.graphType) || column.part === 'codes';
  const values = operands.map((operand) => (upper ? String(operand).toUpperCase() : operand));
  if (column.kind === 'textList') return sql`${own(column)} && ${values.map(String)}::text[]`;
  if (column.kind === 'integer') return sql`${own(column)} = any(${values}::integer[])`;
  return sql`${own(column)} = any(${values.map(String)}::text[])`;
}

/** The grams narrow by index, the comparison behind them decides. */
function contains(column: Column, words: string): Condition {
  if (words === '') return sql`true`;
  if (column.kind === 'textList') {
    return sql`(hub_list_grams(${own(column)}) @> hub_grams(${words}) and exists (
      select 1 from unnest(${own(column)}) as item where position(lower(${words}) in lower(item)) > 0))`;
  }
  return sql`(hub_grams(${own(column)}) @> hub_grams(${words}) and position(lower(${words}) in lower(${own(column)})) > 0)`;
}

function typed(column: Column, operand: unknown): RawBuilder<unknown> {
  const type = { instant: 'timestamptz', date: 'date', integer: 'integer' }[String(column.kind)] ?? 'numeric';
  return sql`${String(operand)}::${sql.raw(type)}`;
}

function own(column: Column): RawBuilder<unknown> {
  return sql.ref(`t.${column.name}`);
}

/** `440600` stands for all of `4406…`, `440000` for `44…` (GB/T 2260: two digits a level). */
function regionPrefix(code: string): string {
  const digits = code.replaceAll(/[^0-9]/g, '');
  return digits.replace(/(?:00){1,2}$/, '');
}
