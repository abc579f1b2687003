/**
 * Money from the standard's tuple of amount, currency, unit and form. A bare number cannot be compared: yuan is known only
 * for a true amount in renminbi whose unit is known.
 * @see standard/identifiers.md 13; design/graph.md «Types»
 */
import type { Field } from '../contract.ts';
import { canonicalDecimal, isDecimal, shiftDecimal } from '../decimal.ts';
import { type DecodedCode, type Labels, decodeCode } from './code.ts';
import type { PartRow } from './join-parts.ts';

/** A Money of the graph. */
export interface DecodedMoney {
  readonly yuan: string | null;
  readonly amount: string | null;
  readonly currency: DecodedCode | null;
  readonly unit: DecodedCode | null;
  readonly form: DecodedCode | null;
  readonly text: string | null;
}

const trueAmount = '1';
const renminbi = '156';
/** 元 and 万元, as powers of ten. */
const unitPlaces: ReadonlyMap<string, number> = new Map([
  ['0', 0],
  ['1', 4],
]);

/** @returns The money of a row; null when it has neither an amount nor words. */
export function decodeMoney(field: Field, row: PartRow, labels: Labels): DecodedMoney | null {
  const amount = row.get('amount');
  const text = row.get('text');
  if (amount === undefined && text === undefined) return null;
  return {
    yuan: yuanOf(row) ?? null,
    amount: amount !== undefined && isDecimal(amount) ? asCame(amount) : null,
    currency: decodePart(field, row, { part: 'currency', list: 'CURRENCY', labels }),
    unit: decodePart(field, row, { part: 'unit', list: 'PRICE_UNIT', labels }),
    form: decodePart(field, row, { part: 'form', list: 'PRICE_FORM_CODE', labels }),
    text: text ?? null,
  };
}

/** @returns Exact yuan, canonical; undefined unless form is 1 or absent, currency 156 or absent, and the unit known. */
export function yuanOf(row: PartRow): string | undefined {
  const amount = row.get('amount');
  const places = unitPlaces.get(row.get('unit') ?? '');
  if (amount === undefined || places === undefined || !isDecimal(amount)) return undefined;
  if ((row.get('form') ?? trueAmount) !== trueAmount || (row.get('currency') ?? renminbi) !== renminbi) return undefined;
  return shiftDecimal(amount, places);
}

/** The number as it came, unless the graph's Decimal has no such form (`+5`, `5.`). */
function asCame(amount: string): string {
  return /^-?\d+(?:\.\d+)?$/.test(amount) ? amount : canonicalDecimal(amount);
}

function decodePart(
  field: Field,
  row: PartRow,
  which: { readonly part: string; readonly list: string; readonly labels: Labels },
): DecodedCode | null {
  const list = field.wire.find((wire) => wire.part === which.part)?.list ?? which.list;
  return decodeCode(row.get(which.part), list, which.labels);
}
