/**
 * Order values of the graph as SQL, total and the same everywhere: nulls last in both directions, then id ascending.
 * @see design/partitioning.md «Order»
 */
import { type Dataset, type SortKind, orderName, sortKindOf } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { type ColumnKind, columnsOf } from '../store/columns.ts';

import { canonicalInstantSql } from './rows.ts';

/** An order over alias `t`. */
export interface Order {
  readonly column: RawBuilder<unknown>;
  readonly kind: ColumnKind;
  readonly sort: SortKind;
  readonly descending: boolean;
  /** The sort value as canonical text. */
  readonly canonical: RawBuilder<unknown>;
}

/** @returns The order a value of the `…Order` enum stands for; undefined when there is none of that name. */
export function readOrder(dataset: Dataset, value: string): Order | undefined {
  const match = /^(.+)_(DESC|ASC)$/.exec(value);
  if (match === null) return undefined;
  const [, name, direction] = match;
  const descending = direction === 'DESC';
  if (name === 'RECEIVED') return orderBy(sql`t.received_at`, 'instant', 'bytes', descending);
  const field = dataset.fields.find((candidate) => candidate.orderable && orderName(candidate.name) === name);
  const column = field === undefined ? undefined : columnsOf(field)[0];
  if (field === undefined || column === undefined) return undefined;
  return orderBy(sql.ref(`t.${column.name}`), column.kind, sortKindOf(field.graphType), descending);
}

function orderBy(column: RawBuilder<unknown>, kind: ColumnKind, sort: SortKind, descending: boolean): Order {
  const canonical = kind === 'instant' ? canonicalInstantSql(column) : sql`${column}::text`;
  return { column, kind, sort, descending, canonical };
}

/** @returns `order by` terms that one index serves. */
export function orderTerms({ column, descending }: Order): RawBuilder<unknown> {
  return descending ? sql`${column} desc nulls last, t.id` : sql`${column} asc nulls last, t.id`;
}
