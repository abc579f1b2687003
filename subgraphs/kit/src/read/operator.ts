/**
 * One operator of a filter as SQL, through an index of the column.
 * @see design/graph.md «Shape»
 */
import { HubError, isIdentifier } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { holdsOne } from '../store/column-match.ts';
import { type Column, columnTypes } from '../store/columns.ts';

type Condition = RawBuilder<unknown>;

/**
 * @returns SQL condition over alias `t`.
 * @throws HubError FILTER_INVALID for text no database can hold, a region that is no code, an operator there is not.
 */
export function condition(column: Column, operator: string, operand: unknown): Condition {
  const own = sql.ref(`t.${column.name}`);
  switch (operator) {
    case 'in':
      return isOneOf(column, own, Array.isArray(operand) ? operand : [operand]);
    case 'gte':
      return sql`${own} >= ${typed(column, operand)}`;
    case 'lt':
      return sql`${own} < ${typed(column, operand)}`;
    case 'within':
      return sql`${own} like ${`${regionPrefix(readable(operand))}%`}`;
    case 'text':
      return contains(column, own, readable(operand));
    default:
      throw new HubError('FILTER_INVALID', { zh: '没有这种筛选方式。', en: 'There is no such operator.' });
  }
}

function isOneOf(column: Column, own: RawBuilder<unknown>, operands: readonly unknown[]): Condition {
  if (column.kind === 'integer') return sql`${own} = any(${operands}::integer[])`;
  const caseless = column.part === undefined ? isIdentifier(column.field) : column.part === 'codes';
  const values = operands.map(readable).map((text) => (caseless ? text.toUpperCase() : text));
  const equal = holdsOne(column, own, values);
  if (column.exact || values.length === 0) return equal;
  // Free text has no index of its whole value: its grams narrow, the comparison decides.
  return sql`((${sql.join(
    values.map((value) => sql`${grams(column, own)} @> hub_grams(${value})`),
    sql` or `,
  )}) and ${equal})`;
}

/** The grams narrow by index, the comparison behind them decides. */
function contains(column: Column, own: RawBuilder<unknown>, words: string): Condition {
  if (words === '') return sql`true`;
  const narrow = sql`${grams(column, own)} @> hub_grams(${words})`;
  if (column.kind === 'textList')
    return sql`(${narrow} and exists (select 1 from unnest(${own}) as item where ${holds(sql`item`, words)}))`;
  return sql`(${narrow} and ${holds(own, words)})`;
}

/** Case counts for nothing among the Latin letters, and nowhere else; so do the grams. */
function holds(text: RawBuilder<unknown>, words: string): Condition {
  return sql`position(lower(${words}::text collate "C") in lower(${text} collate "C")) > 0`;
}

function grams(column: Column, own: RawBuilder<unknown>): RawBuilder<unknown> {
  return column.kind === 'textList' ? sql`hub_list_grams(${own})` : sql`hub_grams(${own})`;
}

function typed(column: Column, operand: unknown): RawBuilder<unknown> {
  return sql`${String(operand)}::${sql.raw(columnTypes[column.kind])}`;
}

/** PostgreSQL's text has no place for U+0000, so no record has it. */
function readable(operand: unknown): string {
  const text = String(operand);
  if (!text.includes('\u0000')) return text;
  throw new HubError('FILTER_INVALID', { zh: '筛选值含有无效字符。', en: 'A value of the filter has a character that no text can have.' });
}

/** `440600` stands for all of `4406…`, `440000` for `44…` (GB/T 2260: two digits a level). */
function regionPrefix(code: string): string {
  if (/^\d{2,12}$/.test(code)) return code.replace(/(?:00){1,2}$/, '');
  throw new HubError('FILTER_INVALID', {
    zh: 'within 应为行政区划代码，如 "440600"。',
    en: 'within must be the code of a region, such as "440600".',
  });
}
