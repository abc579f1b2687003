/**
 * The value of a typed column, from the wire form of a record.
 * @see design/graph.md «Types»
 */
import { indexValue } from '@hub/schema';

import type { Column } from './columns.ts';

type Wire = Readonly<Record<string, string>>;

/**
 * No code is this long; what is, would not fit into an index entry. Its beginning stands for it, and equals no code; half a
 * character at its end would be no text.
 */
const longestItem = 256;

/** @returns What the column holds; null when the record says nothing. */
export function columnValue(column: Column, wire: Wire): unknown {
  if (column.within !== undefined) {
    const lots = lotsWithin(column, column.within, wire);
    return column.kind === 'textList' ? lots : (lots[0] ?? null);
  }
  const value = indexValue(column.field, wire);
  if (column.kind !== 'textList') return value;
  const items = itemsOf(column, value);
  return column.exact ? items.map((item) => item.slice(0, longestItem).toWellFormed()) : items;
}

/** @returns The texts a text column holds, one or several; none when the record says nothing. */
export function columnTexts(column: Column, wire: Wire): readonly string[] {
  const value = columnValue(column, wire);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** PROJECT/LOT; PROJECT for a record that names no lot, or the project itself; nothing for one that names no project. */
function lotsWithin(column: Column, within: Column, wire: Wire): readonly string[] {
  const [project] = columnTexts(within, wire);
  if (project === undefined) return [];
  const lots = columnTexts({ ...column, within: undefined }, wire).map((lot) =>
    lot.toUpperCase() === project.toUpperCase() ? project : `${project}/${lot}`,
  );
  return lots.length === 0 ? [project] : [...new Set(lots)];
}

function itemsOf(column: Column, value: ReturnType<typeof indexValue>): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  if (!('names' in value)) return value;
  return column.part === 'names' ? value.names : value.codes;
}
