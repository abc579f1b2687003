/**
 * The value of a typed column, from the wire form of a record.
 * @see design/graph.md «Types»
 */
import { indexValue } from '@hub/schema';

import type { Column } from '../store/columns.ts';

/** @returns What the column holds; null when the record says nothing. */
export function columnValue(column: Column, wire: Readonly<Record<string, string>>): unknown {
  const value = indexValue(column.field, wire);
  if (column.part === undefined) return value ?? null;
  if (value === null || typeof value !== 'object' || !('names' in value)) return [];
  return column.part === 'names' ? value.names : value.codes;
}
