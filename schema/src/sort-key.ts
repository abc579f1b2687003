/**
 * A row's place in an ordered list, the same everywhere: text by UTF-8 bytes, decimals numerically, instants as canonical
 * text to the microsecond, nulls last in both directions, then id ascending. Systems put it into each edge's cursor.
 * @see design/partitioning.md «Order»
 */
import { compareDecimals } from './decimal.ts';

/** How values of a field are compared: `bytes` for text, codes, dates and instants; `decimal` for numbers. */
export type SortKind = 'bytes' | 'decimal';

/** The sort value in canonical text (null: absent) and the record's id. */
export type SortKey = readonly [value: string | null, id: string];

/** An order as the algorithm needs it. */
export interface SortOrder {
  readonly kind: SortKind;
  readonly descending: boolean;
}

const decimalTypes: ReadonlySet<string> = new Set(['Int', 'Decimal', 'Money']);

/** @returns The kind of comparison for a field of this graph type. */
export function sortKindOf(graphType: string): SortKind {
  return decimalTypes.has(graphType) ? 'decimal' : 'bytes';
}

/**
 * Orders by the bytes of the UTF-8 form, as PostgreSQL does under the C collation. JavaScript's `<` compares UTF-16
 * units and puts `（` after `𠮷`.
 */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) {
      const [xSurrogate, ySurrogate] = [(x & 0xf800) === 0xd800, (y & 0xf800) === 0xd800];
      if (xSurrogate !== ySurrogate) return xSurrogate ? 1 : -1;
      return x - y;
    }
  }
  return a.length - b.length;
}

/** @returns A comparison of sort keys: negative when the first comes first. */
export function compareKeys(order: SortOrder): (a: SortKey, b: SortKey) => number {
  const compareValues = order.kind === 'decimal' ? compareDecimals : compareBytes;
  return (a, b) => {
    if (a[0] === null || b[0] === null) {
      if (a[0] !== b[0]) return a[0] === null ? 1 : -1;
    } else {
      const compared = compareValues(a[0], b[0]);
      if (compared !== 0) return order.descending ? -compared : compared;
    }
    return compareBytes(a[1], b[1]);
  };
}

/** @returns The cursor a system puts on an edge: its sort key, readable by the hub alone. */
export function encodeSystemCursor(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @returns The sort key of a system's cursor; undefined when it is none. */
export function decodeSystemCursor(cursor: string): SortKey | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
  const parts: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  if (parts.length !== 2) return undefined;
  const [value, id] = parts;
  if (typeof id !== 'string' || (value !== null && typeof value !== 'string')) return undefined;
  return [value, id];
}
