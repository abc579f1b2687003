/**
 * The sheet's notation of types: `C6` exactly six characters, `C..200` up to, `C..ul` unlimited, `N3`, `N..20,6` digits and
 * decimals, and three date forms in UTC+8.
 * @see standard/identifiers.md 13
 */

/** A type of the sheet. */
export type WireType = TextType | NumberType | DateType;

/** Lengths count characters, not bytes; undefined: no limit. */
export interface TextType {
  readonly kind: 'text';
  readonly exactly: number | undefined;
  readonly atMost: number | undefined;
}

/** Digits in all, and how many of them may follow the point. */
export interface NumberType {
  readonly kind: 'number';
  readonly digits: number;
  readonly decimals: number;
}

/** The number of digits written: 8 a day, 12 a minute, 14 a second. */
export interface DateType {
  readonly kind: 'date';
  readonly digits: 8 | 12 | 14;
}

const dateForms: ReadonlyMap<string, DateType> = new Map([
  ['yyyyMMdd', { kind: 'date', digits: 8 }],
  ['yyyyMMddHHmm', { kind: 'date', digits: 12 }],
  ['yyyyMMddHHmmss', { kind: 'date', digits: 14 }],
]);
const read = new Map<string, WireType | undefined>();

/** @returns The type a notation means; undefined when it is none (contract lints refuse such a contract). */
export function readNotation(notation: string): WireType | undefined {
  if (!read.has(notation)) read.set(notation, parseNotation(notation));
  return read.get(notation);
}

function parseNotation(notation: string): WireType | undefined {
  const date = dateForms.get(notation);
  if (date !== undefined) return date;
  const text = /^C(?:(\d+)|\.\.(\d+)|\.\.ul)$/.exec(notation);
  if (text !== null) return { kind: 'text', exactly: count(text[1]), atMost: count(text[2]) };
  const number = /^N(?:\.\.)?(\d+)(?:,(\d+))?$/.exec(notation);
  if (number === null) return undefined;
  const [digits, decimals] = [count(number[1]) ?? 0, count(number[2]) ?? 0];
  return digits > 0 && decimals < digits ? { kind: 'number', digits, decimals } : undefined;
}

function count(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
