/**
 * Indexes of the dataset tables, from what the contract says is filtered, ordered and followed. Each starts with the system
 * and ends with the id, so that a page is one range of one index.
 * @see design/partitioning.md «Order»
 */
import type { Dataset } from '@hub/schema';

import { type Column, datasetColumns, tableName } from './columns.ts';

/** @returns One `create index` statement for each index of the dataset's table. */
export function indexStatements(dataset: Dataset): readonly string[] {
  const table = tableName(dataset);
  const received = [
    // «nulls last» though it is never null: an index serves an order only if it is said in the same words.
    `create index if not exists "${table}_received_desc" on "${table}" (system, received_at desc nulls last, id)`,
    `create index if not exists "${table}_received_asc" on "${table}" (system, received_at, id)`,
  ];
  return [...received, ...datasetColumns(dataset).flatMap((column) => columnIndexes(table, column))];
}

function columnIndexes(table: string, { name, kind, field, searched, exact }: Column): readonly string[] {
  const start = `create index if not exists "${table}_${name}`;
  if (kind === 'textList') {
    return searched
      ? [`${start}_grams" on "${table}" using gin (hub_list_grams("${name}"))`]
      : [`${start}" on "${table}" using gin ("${name}")`];
  }
  const grams = searched ? [`${start}_grams" on "${table}" using gin (hub_grams("${name}"))`] : [];
  if (field.orderable) {
    return [
      `${start}_desc" on "${table}" (system, "${name}" desc nulls last, id)`,
      `${start}_asc" on "${table}" (system, "${name}" asc nulls last, id)`,
      ...grams,
    ];
  }
  // Half of all rows hold a given boolean: no index narrows that.
  return exact && kind !== 'boolean' ? [`${start}" on "${table}" (system, "${name}")`, ...grams] : grams;
}
