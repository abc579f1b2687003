/**
 * Wire record → value of one graph field. What cannot be read is null (or leaves a list), never a guess: validation has
 * refused or warned about it before.
 * @see design/graph.md «Types»
 */
import type { Field, WireField } from '../contract.ts';
import { isWebAddress, webAddressRule } from '../identifiers/web-address.ts';
import { canonicalDate, canonicalInstant, printInstant } from '../wire-types/instant.ts';
import { identifiesPerson } from '../identifiers/person-number.ts';
import { type WireFields, wireItems, wireValue } from '../wire-record.ts';
import { type DecodedCode, type DecodedRegion, type Labels, decodeCode, decodeRegion } from './code.ts';
import { htmlToText } from './html-text.ts';
import { type PartRow, joinParts } from './join-parts.ts';
import { type DecodedMoney, decodeMoney } from './money.ts';
import { type DecodedParty, decodeParty } from './party.ts';
import { readBoolean, readDecimal, readInt } from './scalar.ts';

/** One value of the graph; identifiers and hub enums are their text. */
export type DecodedItem = string | number | boolean | DecodedCode | DecodedRegion | DecodedMoney | DecodedParty;

/** What a field of the graph shows: one value, a list, or nothing. */
export type DecodedValue = DecodedItem | null | readonly DecodedItem[];

type RowDecoder = (field: Field, row: PartRow, labels: Labels) => DecodedItem | null;
type TextDecoder = (text: string, wire: WireField, labels: Labels) => DecodedItem | null;

const rowDecoders: ReadonlyMap<string, RowDecoder> = new Map<string, RowDecoder>([
  ['Money', decodeMoney],
  ['Party', decodeParty],
]);
const textDecoders: ReadonlyMap<string, TextDecoder> = new Map<string, TextDecoder>([
  ['Boolean', readBoolean],
  ['Int', readInt],
  ['Decimal', readDecimal],
  ['Date', (text) => canonicalDate(text) ?? null],
  ['DateTime', (text) => printWireInstant(text)],
  ['Code', (text, wire, labels) => decodeCode(text, wire.list, labels)],
  ['Region', (text, _wire, labels) => decodeRegion(text, labels)],
]);

/** Rule of codes that are an organisation's: a person's identity number sent in its place never leaves. */
const organisations = 'legalCode';

/**
 * @param fields - The record's content. Of a field with `part: "html"` the text is returned as it stands here: the caller
 * passes what it has sanitised.
 * @returns The value; for what was not sent null, or [] when the graph field is a list that is never null.
 */
export function decodeField(field: Field, fields: WireFields, labels: Labels): DecodedValue {
  const items = decodeItems(field, fields, labels);
  if (!field.list) return items[0] ?? null;
  return items.length === 0 && !field.nonNull ? null : items;
}

function decodeItems(field: Field, fields: WireFields, labels: Labels): readonly DecodedItem[] {
  const ofRow = rowDecoders.get(field.graphType);
  if (ofRow !== undefined) {
    return present(joinParts(field, fields).rows.map((row) => ofRow(field, row, labels)));
  }
  const [wire] = field.wire;
  if (wire === undefined || field.relation !== undefined) return [];
  const ofText = textDecoders.get(field.graphType);
  const told = texts(field, wire, fields).filter((text) => wire.id !== organisations || !identifiesPerson(text));
  return present(told.map((text) => (ofText === undefined ? text : ofText(text, wire, labels))));
}

function texts(field: Field, wire: WireField, fields: WireFields): readonly string[] {
  const value = wireValue(fields, wire.code) ?? wire.fixed;
  if (value === undefined) return [];
  const items = field.list && wire.multi ? wireItems(value).filter((item) => item !== '') : [value];
  // What others make a link of is shown only when it is safe to follow.
  if (wire.id === webAddressRule) return items.filter(isWebAddress);
  if (field.list && wire.multi) return items;
  if (field.graphType !== 'String' || wire.id !== undefined) return [value];
  // Free text keeps even the blanks around it.
  const asSent = fields[wire.code] ?? value;
  return [wire.part === 'text' ? htmlToText(asSent) : asSent];
}

function printWireInstant(text: string): string | null {
  const instant = canonicalInstant(text);
  return instant === undefined ? null : printInstant(instant);
}

function present(items: readonly (DecodedItem | null)[]): readonly DecodedItem[] {
  return items.filter((item) => item !== null);
}
