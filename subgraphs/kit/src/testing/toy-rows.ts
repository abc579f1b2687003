/**
 * Random rows of the toy contract: ties, absent values, text beyond the basic plane, instants to the microsecond, numbers in
 * every way of writing.
 */
import { encodeRecordId, indexValue } from '@hub/schema';
import fc from 'fast-check';

import type { SystemStore } from '../graph/context.ts';

import { accept, put } from './test-records.ts';
import { thing } from './toy-contract.ts';

/** Wire fields of a row. */
export type Wire = Readonly<Record<string, string>>;

/** How often a property is tried: as often as `full` with HUB_SIZES=full. */
export function numRuns(usual: number, full: number): number {
  return process.env['HUB_SIZES'] === 'full' ? full : usual;
}

/** Short texts. */
export const text = fc.string({
  unit: fc.constantFrom('（', '𠮷', 'a', 'A', 'Ａ', '公', '告', '道', '%', '_', '\\', "'", ';', ' ', '~'),
  maxLength: 4,
});
const number = fc.oneof(
  fc.constantFrom('0', '-0', '1', '1.0', '1.50', '01.5', '-3', '10', '9', '0.000001', '+2'),
  fc.integer({ min: -20, max: 20 }).map(String),
);
const instant = fc.constantFrom(
  '20260801100000',
  '2026-08-01 10:00:00.000001',
  '2026-08-01T02:00:00Z',
  '2026-08-01T10:00:00.123456+08:00',
  '2026-08-01T10:00:00.1234567+08:00',
  '2026/8/1',
  '19000101000000',
  '9999-12-31 23:59:59',
);
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  NAME: text,
  TITLE: text,
  CODE: fc.constantFrom('L1', 'l1', 'L2', 'Ｌ2'),
  GUID: fc.constantFrom('ab-1', 'AB-1', 'cd'),
  KIND: fc.constantFrom('1', '2', 'a', 'A'),
  REGION: fc.constantFrom('990000', '990100', '990101', '980100'),
  AT: instant,
  DAY: fc.constantFrom('20260801', '20260802', '19000101', '99991231'),
  WEIGHT: number,
  PRICE: number,
  PRICE_UNIT: fc.constantFrom('0', '1'),
  COUNT: fc.integer({ min: -5, max: 5 }).map(String),
  FLAG: fc.constantFrom('0', '1'),
  LOTS: fc.constantFrom('L1', 'l1;L2', 'L2; ;L3', ';'),
  OWNER: fc.array(text, { maxLength: 3 }).map((names) => names.join(';')),
  OWNER_CODE: fc.constantFrom('c1', 'C1;C2', 'C3'),
  PLATFORM_CODE: fc.constantFrom('Y1000000TEST00001A', 'SOMEBODY ELSE'),
};
const wire: fc.Arbitrary<Wire> = fc
  .record(values, { requiredKeys: [] })
  .map((fields) => Object.fromEntries(Object.entries(fields).flatMap(([code, value]) => (value === undefined ? [] : [[code, value]]))));
/** Some rows. */
export const wires = fc.array(wire, { maxLength: 40 });

/** A system that holds the rows, keyed k0, k1, … @throws RangeError when the law refuses one. */
export async function fillToy(target: SystemStore, rows: readonly Wire[]): Promise<SystemStore> {
  const records = rows.map((fields, place) => put('THING', `k${place}`, fields));
  const refusals = (await accept(target, records)).flatMap((answer) => answer.refusals);
  if (refusals.length > 0) throw new RangeError(JSON.stringify(refusals));
  return target;
}

/** @returns Id of the row at a place. */
export function toyId({ system }: SystemStore, place: number): string {
  return encodeRecordId({ system: system.code, type: 'Thing', key: `k${place}` });
}

/** @returns What a field is compared by, as the law reads it from the wire: canonical text; null when absent. */
export function toyValue(name: string, row: Wire): string | null {
  const field = thing.fields.find((candidate) => candidate.name === name);
  const value = field === undefined ? null : indexValue(field, row);
  return value === null || typeof value === 'object' ? null : String(value);
}

/** @returns The texts of a list, or the names and codes of a party. */
export function toyTexts(name: string, row: Wire, part: 'names' | 'codes' = 'names'): readonly string[] {
  const field = thing.fields.find((candidate) => candidate.name === name);
  const value = field === undefined ? null : indexValue(field, row);
  if (value === null || typeof value !== 'object') return [];
  return 'names' in value ? value[part] : value;
}
