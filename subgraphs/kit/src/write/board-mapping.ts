/**
 * Copies what @notice and @deal name from a record's wire form into the board's wire form. Both sides are fields of
 * contracts, so this knows no dataset and no category.
 * @see schema/contracts/board.graphql
 */
import type { BoardMapping, Dataset, Field } from '@hub/schema';

import { columnsOf } from '../store/columns.ts';

export type Wire = Readonly<Record<string, string>>;

/** @returns The field a mapping names; undefined when it names none. */
export function mappedField(dataset: Dataset, mapping: BoardMapping, target: string): Field | undefined {
  const name = mapping[target];
  return typeof name === 'string' ? dataset.fields.find((field) => field.name === name) : undefined;
}

/** @returns Name of the column behind the field a mapping names. */
export function mappedColumn(dataset: Dataset, mapping: BoardMapping, target: string): { name: string; list: boolean } | undefined {
  const field = mappedField(dataset, mapping, target);
  const column = field === undefined ? undefined : columnsOf(field)[0];
  return column === undefined ? undefined : { name: column.name, list: column.kind === 'textList' };
}

/**
 * @param board - The board's dataset, Notice or Deal.
 * @returns Its wire fields, as far as the record tells them.
 */
export function copyMapped(board: Dataset, dataset: Dataset, mapping: BoardMapping, wire: Wire): Record<string, string> {
  const copied: Record<string, string> = {};
  for (const target of board.fields) {
    const source = mappedField(dataset, mapping, target.name);
    if (source === undefined) continue;
    for (const part of target.wire) {
      const from = source.wire.find((field) => field.part === part.part) ?? (source.wire.length === 1 ? source.wire[0] : undefined);
      const value = from === undefined ? undefined : (from.fixed ?? wire[from.code]);
      if (value !== undefined && value.trim() !== '') copied[part.code] = value;
    }
  }
  return copied;
}

/** @returns The lot codes a record is about, in the one form they are compared in. */
export function lotsOf(dataset: Dataset, mapping: BoardMapping, target: string, wire: Wire): readonly string[] {
  const field = mappedField(dataset, mapping, target);
  const text = field?.wire[0] === undefined ? undefined : wire[field.wire[0].code];
  return (text ?? '')
    .split(';')
    .map((code) => code.trim().toUpperCase())
    .filter((code) => code !== '');
}
