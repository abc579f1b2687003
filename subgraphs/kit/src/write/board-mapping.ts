/**
 * Copies what @notice and @deal name from a record's wire form into the board's wire form. Both sides are fields of
 * contracts, so this knows no dataset and no category.
 * @see schema/contracts/board.graphql
 */
import { type BoardMapping, type Dataset, type Field, type WireField, wireItems, wireValue } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import { columnTexts } from '../store/column-value.ts';
import { type Column, columnsOf, lotColumn } from '../store/columns.ts';

export type Wire = Readonly<Record<string, string>>;

/** @returns The field a mapping names; undefined when it names none. */
export function mappedField(dataset: Dataset, mapping: BoardMapping, target: string): Field | undefined {
  const name = mapping[target];
  return typeof name === 'string' ? dataset.fields.find((field) => field.name === name) : undefined;
}

/** @returns The column behind the field a mapping names. */
export function mappedColumn(dataset: Dataset, mapping: BoardMapping, target: string): Column | undefined {
  const field = mappedField(dataset, mapping, target);
  return field === undefined ? undefined : columnsOf(field)[0];
}

/** @returns The codes a record names for a target, as its column holds them. */
export function codesOf(
  dataset: Dataset,
  mapping: BoardMapping,
  { target, wire }: { readonly target: string; readonly wire: Wire },
): readonly string[] {
  const column = mappedColumn(dataset, mapping, target);
  return column === undefined ? [] : columnTexts(column, wire);
}

/** @returns The column with the board's codes of the lots that @deal or @notice names; undefined when it names none. */
export function mappedLots(dataset: Dataset, board: 'deal' | 'notice'): Column | undefined {
  const { deal, notice } = dataset;
  return lotColumn(
    dataset,
    board === 'deal' ? { lot: deal?.['lot'], lotIn: deal?.['lotIn'] } : { lot: notice?.['lots'], lotIn: notice?.['lotsIn'] },
  );
}

/** @returns The board's codes of the lots that a record is about. */
export function lotsOf(dataset: Dataset, board: 'deal' | 'notice', wire: Wire): readonly string[] {
  const column = mappedLots(dataset, board);
  return column === undefined ? [] : columnTexts(column, wire);
}

/**
 * @param board - The board's dataset, Notice or Deal.
 * @returns Target field → its wire fields, as far as the record tells them; a target of which nothing is told is left out.
 */
export function copyMapped(board: Dataset, dataset: Dataset, mapping: BoardMapping): (wire: Wire) => ReadonlyMap<string, Wire> {
  const copies = board.fields.flatMap((target) => {
    const source = mappedField(dataset, mapping, target.name);
    return source === undefined ? [] : [{ target, source }];
  });
  return (wire) =>
    new Map(
      copies.flatMap(({ target, source }) => {
        const parts = copyParts(target, source, wire);
        return Object.keys(parts).length === 0 ? [] : [[target.name, parts] as const];
      }),
    );
}

function copyParts(target: Field, source: Field, wire: Wire): Wire {
  const sent = source.wire.filter(({ code }) => wireValue(wire, code) !== undefined);
  if (sent.length === 0) return {};
  return Object.fromEntries(
    target.wire.flatMap((part) => {
      const from = sourceOf(source, target, part);
      const value = from === undefined ? undefined : (from.fixed ?? wireValue(wire, from.code));
      return from === undefined || value === undefined ? [] : [[part.code, spread(value, { from, part, source, wire })]];
    }),
  );
}

/** @returns Wire forms as one; of fields that several have, the last one's. */
export function joinWires(wires: Iterable<Wire>): Record<string, string> {
  return Object.fromEntries([...wires].flatMap((wire) => Object.entries(wire)));
}

/** Whether the rows of a dataset are the lots themselves, rather than records about them. */
export function isLotDataset({ deal }: Dataset): boolean {
  return deal?.['isLot'] === true;
}

/** The part of the same name; a source without parts fills the target's first. */
function sourceOf(source: Field, target: Field, part: WireField): WireField | undefined {
  const same = source.wire.find((wire) => wire.part === part.part);
  const [only] = source.wire;
  return same ?? (only?.part === undefined && part === target.wire[0] ? only : undefined);
}

/** A name that stands for all members of a consortium is told once for each, or the lists would no longer match. */
function spread(
  value: string,
  { from, part, source, wire }: { readonly from: WireField; readonly part: WireField; readonly source: Field; readonly wire: Wire },
): string {
  if (!source.list || from.multi || !part.multi || part.part !== 'name' || value.includes(';')) return value;
  const members = Math.max(1, ...source.wire.filter(({ multi }) => multi).map(({ code }) => wireItems(wireValue(wire, code)).length));
  return Array.from({ length: members }, () => value).join(';');
}

/**
 * @returns SQL for the wire form without what a mapping does not use: notices carry whole pages, of which a deal needs a code.
 */
export function usedWire(codes: readonly string[]): RawBuilder<Wire> {
  if (codes.length === 0) return sql<Wire>`'{}'::jsonb`;
  const pairs = codes.map((code) => sql`${sql.lit(code)}, wire->${sql.lit(code)}`);
  return sql<Wire>`jsonb_strip_nulls(jsonb_build_object(${sql.join(pairs)}))`;
}

/** @returns The wire codes of every field that a mapping names, and the time of sending. */
export function mappedCodes(dataset: Dataset, mapping: BoardMapping): readonly string[] {
  const named = Object.values(mapping).flatMap((value) => (typeof value === 'boolean' ? [] : value));
  const names = new Set(named.map((value) => value.split('=')[0]));
  const codes = dataset.fields.filter(({ name }) => names.has(name)).flatMap(({ wire }) => wire.map(({ code }) => code));
  return [...new Set([...codes, 'DATA_TIMESTAMP'])].filter((code) => code !== '');
}
