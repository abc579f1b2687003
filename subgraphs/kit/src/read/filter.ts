/**
 * A filter argument as SQL. Fields are ANDed; operators `in gte lt within text`.
 * @see design/graph.md «Shape»
 */
import { type Dataset, type Field, HubError } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { type Column, columnsOf } from '../store/columns.ts';

import { condition } from './operator.ts';
import { unsealed } from './seal.ts';

type Condition = RawBuilder<unknown>;

/** A filter argument after coercion. */
export type Filter = Readonly<Record<string, unknown>>;

/**
 * @returns SQL condition over alias `t`: the system's readable rows that match.
 * @throws HubError FILTER_INVALID.
 */
export function matching(dataset: Dataset, system: string, filter: Filter | null | undefined): Condition {
  const conditions: Condition[] = [sql`t.system = ${system}`, unsealed(dataset, system)];
  for (const [name, value] of given(filter ?? {})) {
    if (name === 'systems') conditions.push(sql`${Array.isArray(value) && value.includes(system)}::boolean`);
    else if (name === 'copies') conditions.push(value === 'EXCLUDE' ? sql`t.origin = 'ORIGINAL'` : sql`true`);
    else conditions.push(...fieldConditions(fieldOf(dataset, name), value));
  }
  return sql.join(conditions, sql` and `);
}

/** A field that is not known would be a condition that is not kept: the caller would be shown too much. */
function fieldOf(dataset: Dataset, name: string): Field {
  const field = dataset.fields.find((candidate) => candidate.name === name && candidate.indexed && candidate.sealed === undefined);
  if (field !== undefined) return field;
  throw new HubError('FILTER_INVALID', { zh: `不能按 ${name} 筛选。`, en: `There is no filter by ${name}.` });
}

function fieldConditions(field: Field, value: unknown): readonly Condition[] {
  const columns = columnsOf(field);
  if (field.graphType !== 'Party') return columns.flatMap((column) => columnConditions(column, value));
  return given(value).flatMap(([part, nested]) => {
    const wanted = part === 'name' ? 'names' : 'codes';
    return columns.filter((column) => column.part === wanted).flatMap((column) => columnConditions(column, nested));
  });
}

function columnConditions(column: Column, value: unknown): readonly Condition[] {
  if (typeof value === 'boolean') return [sql`${sql.ref(`t.${column.name}`)} = ${value}`];
  return given(value).map(([operator, operand]) => condition(column, operator, operand));
}

/** @returns What a client gave; null is as good as nothing. */
function given(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([, operand]) => operand !== null && operand !== undefined);
}
