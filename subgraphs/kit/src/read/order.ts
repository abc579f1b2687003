/**
 * Order values of the graph as SQL, total and the same everywhere: nulls last in both directions, then id ascending.
 * @see design/partitioning.md «Order»
 */
import {
  type Dataset,
  type SortKey,
  type SortKind,
  decodeRecordId,
  isDecimal,
  orderName,
  parseDate,
  parseInstant,
  sortKindOf,
} from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { type ColumnKind, columnsOf } from '../store/columns.ts';

import { canonicalInstantSql } from './rows.ts';

/** An order over alias `t`. */
export interface Order {
  readonly column: RawBuilder<unknown>;
  readonly kind: ColumnKind;
  readonly sort: SortKind;
  readonly descending: boolean;
  /** Whether rows may lack a value. */
  readonly nullable: boolean;
  /** The sort value as canonical text. */
  readonly canonical: RawBuilder<unknown>;
}

/** @returns The order a value of the `…Order` enum stands for; undefined when there is none of that name. */
export function readOrder(dataset: Dataset, value: string): Order | undefined {
  const match = /^(.+)_(DESC|ASC)$/.exec(value);
  if (match === null) return undefined;
  const [, name, direction] = match;
  const descending = direction === 'DESC';
  if (name === 'RECEIVED') {
    const column = sql`t.received_at`;
    return { column, kind: 'instant', sort: 'bytes', descending, nullable: false, canonical: canonicalInstantSql(column) };
  }
  const field = dataset.fields.find((candidate) => candidate.orderable && orderName(candidate.name) === name);
  const column = field === undefined ? undefined : columnsOf(field)[0];
  if (field === undefined || field.sealed !== undefined || column === undefined) return undefined;
  const own = sql.ref(`t.${column.name}`);
  return {
    column: own,
    kind: column.kind,
    sort: sortKindOf(field.graphType),
    descending,
    nullable: true,
    canonical: canonical(own, column.kind),
  };
}

/** Written out: how PostgreSQL prints a date by itself is a setting of the server. */
function canonical(column: RawBuilder<unknown>, kind: ColumnKind): RawBuilder<unknown> {
  if (kind === 'instant') return canonicalInstantSql(column);
  return kind === 'date' ? sql`to_char(${column}, 'YYYY-MM-DD')` : sql`${column}::text`;
}

/** @returns `order by` terms that one index serves. */
export function orderTerms({ column, descending }: Order): RawBuilder<unknown> {
  return descending ? sql`${column} desc nulls last, t.id` : sql`${column} asc nulls last, t.id`;
}

const longestNumber = 100;
const greatestInt = 2_147_483_647;

const canBe: Readonly<Record<ColumnKind, (value: string) => boolean>> = {
  text: (value) => !value.includes('\u0000'),
  textList: () => false,
  instant: (value) => parseInstant(value) === value,
  date: (value) => parseDate(value) === value,
  decimal: (value) => value.length <= longestNumber && isDecimal(value),
  integer: (value) => /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= greatestInt,
  boolean: () => false,
};

/** Whether a cursor's key can be one of this order: a cursor of another order is not asked of the database. */
export function isKeyOf(order: Order, [value, id]: SortKey): boolean {
  return decodeRecordId(id) !== undefined && (value === null ? order.nullable : canBe[order.kind](value));
}
