/**
 * Puts the parts of a Money or Party together: one row, or as many as the parallel semicolon lists have positions. Lists of
 * unequal length cannot be joined: then only the leading part is told, and the raw lists stay in the message.
 * @see design/graph.md «Types»
 */
import type { Field, WireField } from '../contract.ts';
import { type WireFields, wireItems, wireValue } from '../wire-record.ts';

/** Part name → text of one money or one party. Absent parts are missing. */
export type PartRow = ReadonlyMap<string, string>;

/** The rows of a field, and whether its lists did not match. */
export interface JoinedParts {
  readonly rows: readonly PartRow[];
  readonly unequal: boolean;
}

interface PartList {
  readonly wire: WireField;
  readonly items: readonly string[];
}

/**
 * @returns The rows in the sender's order; none when nothing was sent. What the sheet fixes holds for every row; in a list
 * of parties a part that is no list, or a list of one, holds for the one named first.
 */
export function joinParts(field: Field, fields: WireFields): JoinedParts {
  const sent = field.wire.filter((wire) => wireValue(fields, wire.code) !== undefined);
  if (sent.length === 0) return { rows: [], unequal: false };
  const fixed = field.wire.flatMap((wire) => (wire.fixed === undefined ? [] : [[partOf(wire), wire.fixed] as const]));
  const lists = sent.map((wire) => partList(field, wire, fields));
  const lead = lists.find((list) => list.wire.multi && field.list) ?? lists[0];
  const places = lead?.items.length ?? 0;
  const unequal = lists.some((list) => list.items.length > 1 && list.items.length !== places);
  const joined = unequal ? lists.filter((list) => list === lead) : lists;
  const rows = Array.from({ length: places }, (_, place) =>
    row([...fixed, ...joined.map(({ wire, items }) => [partOf(wire), items[place]] as const)]),
  );
  return { rows, unequal };
}

function partOf(wire: WireField): string {
  return wire.part ?? '';
}

function partList(field: Field, wire: WireField, fields: WireFields): PartList {
  const value = wireValue(fields, wire.code);
  return { wire, items: field.list && wire.multi ? wireItems(value) : [value ?? ''] };
}

function row(parts: readonly (readonly [string, string | undefined])[]): PartRow {
  return new Map(parts.filter((part): part is readonly [string, string] => part[1] !== undefined && part[1] !== ''));
}
