/**
 * A part of a code by the places of its characters, hyphens not counted.
 * @see standard/identifiers.md 1, 4, 6
 */
import { type RuleRow, fault } from './rule-row.ts';

/** From the first place, counted from 0, up to the second, which is outside. */
export type Part = readonly [from: number, to: number];

/** @returns `[from, to]`; undefined when it is absent, or noted when it is none. */
export function partIn(row: RuleRow, name: string): Part | undefined {
  const value = row.fields.value(name);
  if (value === undefined) return undefined;
  const places: readonly unknown[] = Array.isArray(value) ? value : [];
  const [from, to] = places.filter((place) => typeof place === 'number' && Number.isInteger(place) && place >= 0).map(Number);
  if (places.length === 2 && from !== undefined && to !== undefined && from < to) return [from, to];
  return fault(row, name, { zh: '须为 [起, 止] 两个整数', en: 'must be two whole numbers [from, to]' });
}

/** @returns That part of a text, all of it without a part; undefined when the text is too short. */
export function partOf(text: string, part: Part | undefined): string | undefined {
  if (part === undefined) return text;
  return text.length < part[1] ? undefined : text.slice(...part);
}
