/**
 * The value of a typed column, from the wire form of a record.
 * @see design/graph.md «Types»
 */
import { indexValue } from '@hub/schema';

import type { Column } from './columns.ts';

type Wire = Readonly<Record<string, string>>;

/** No code is this long; what is, would not fit into an index entry. Its beginning stands for it, and equals no code. */
const longestItem = 256;

/** @returns What the column holds; null when the record says nothing. */
export function columnValue(column: Column, wire: Wire): unknown {
  const value = indexValue(column.field, wire);
  if (column.kind !== 'textList') return value;
  const items = itemsOf(column, value);
  return column.exact ? items.map((item) => item.slice(0, longestItem)) : items;
}

/** @returns The texts a text column holds, one or several; none when the record says nothing. */
export function columnTexts(column: Column, wire: Wire): readonly string[] {
  const value = columnValue(column, wire);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function itemsOf(column: Column, value: ReturnType<typeof indexValue>): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  if (!('names' in value)) return value;
  return column.part === 'names' ? value.names : value.codes;
}
