/**
 * Wire record → what the typed columns of an indexed field hold, so that filters and orders compare canonical values.
 * @see design/graph.md «Shape»; design/partitioning.md «Order»
 */
import type { Field } from '../contract.ts';
import { webAddressRule } from '../identifiers/web-address.ts';
import { canonicalInstant } from '../wire-types/instant.ts';
import { type WireFields, wireValue } from '../wire-record.ts';
import { type DecodedItem, type DecodedValue, decodeField } from './decode-field.ts';
import { joinParts } from './join-parts.ts';
import { yuanOf } from './money.ts';
import { type PartyKeys, partyKeys } from './party.ts';

/** Instants, dates and decimals are canonical text. */
export type IndexValue = string | number | boolean | readonly string[] | PartyKeys | null;

/** Scalars whose values are equal whatever their case. */
export const identifierScalars: ReadonlySet<string> = new Set([
  'ProjectCode',
  'TenderProjectCode',
  'BidSectionCode',
  'UnifiedDealCode',
  'InvestmentCode',
  'CreditCode',
]);

/** Whether a field's values are equal whatever their case; its index values are upper case. */
export function isIdentifier({ graphType, wire }: Field): boolean {
  return identifierScalars.has(graphType) || wire.some(({ id }) => id !== undefined && id !== webAddressRule);
}

/**
 * @returns Text as sent, identifiers in upper case, the code of a Code or Region, `YYYY-MM-DDTHH:MM:SS.ffffffZ`,
 * `YYYY-MM-DD`, decimals and yuan, numbers, booleans; names and codes of parties; every value of a list once, as text.
 * Null for what is absent or unreadable, [] for an empty list.
 */
export function indexValue(field: Field, fields: WireFields): IndexValue {
  if (field.graphType === 'Party') return partyKeys(field, fields);
  if (field.graphType === 'Money') return moneyIndex(field, fields);
  if (field.graphType === 'DateTime' && !field.list) return instantIndex(field, fields);
  const value = decodeField(field, fields, noLabels);
  if (value === null) return field.list ? [] : null;
  if (isList(value)) return [...new Set(value.map((item) => String(plain(field, item))))];
  return plain(field, value);
}

function moneyIndex(field: Field, fields: WireFields): string | readonly string[] | null {
  const yuan = joinParts(field, fields).rows.map(yuanOf);
  return field.list ? [...new Set(yuan.filter((value) => value !== undefined))] : (yuan[0] ?? null);
}

function instantIndex(field: Field, fields: WireFields): string | null {
  return canonicalInstant(wireValue(fields, field.wire[0]?.code ?? '') ?? '') ?? null;
}

function plain(field: Field, value: DecodedItem): string | number | boolean {
  if (typeof value === 'object') return 'code' in value ? (value.code ?? '') : '';
  if (typeof value !== 'string') return value;
  return isIdentifier(field) ? value.toUpperCase() : value;
}

function isList(value: DecodedValue): value is readonly DecodedItem[] {
  return Array.isArray(value);
}

function noLabels(): undefined {
  return undefined;
}
