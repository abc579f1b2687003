/**
 * Filters over records in memory, one record and one operator at a time.
 * @see design/graph.md «Shape»
 */
import { type Field, parseInstant } from '@hub/schema';
import { Decimal } from 'decimal.js';

import { isObject } from '../parse-json.ts';
import type { UnionRecord } from './union.ts';
import { fieldOf, textsOf, valueOf } from './union-values.ts';

/** Whether a record is among what the filter asks for. */
export function matches(record: UnionRecord, filter: unknown): boolean {
  return !isObject(filter) || Object.entries(filter).every(([name, asked]) => matchesField(record, name, asked));
}

function matchesField(record: UnionRecord, name: string, asked: unknown): boolean {
  if (asked === null || asked === undefined) return true;
  if (name === 'systems') return Array.isArray(asked) && asked.includes(record.system.code);
  if (name === 'copies') return asked !== 'EXCLUDE' || record.origin === 'ORIGINAL';
  const field = fieldOf(record, name);
  if (typeof asked === 'boolean') return valueOf(record, field) === asked;
  if (!isObject(asked)) return true;
  if (field.graphType !== 'Party')
    return allHold(asked, (operator, operand) => holds(field, textsOf(record, field), { operator, operand }));
  const keys = valueOf(record, field);
  if (keys === null || typeof keys !== 'object' || !('names' in keys)) return false;
  return allHold(
    asked,
    (part, inner) =>
      !isObject(inner) ||
      allHold(inner, (operator, operand) => {
        const upper = part === 'code' && Array.isArray(operand) ? operand.map((code) => String(code).toUpperCase()) : operand;
        return holds(undefined, part === 'code' ? keys.codes : keys.names, { operator, operand: upper });
      }),
  );
}

function allHold(asked: Readonly<Record<string, unknown>>, test: (name: string, value: unknown) => boolean): boolean {
  return Object.entries(asked).every(([name, value]) => value === null || value === undefined || test(name, value));
}

interface Operation {
  readonly operator: string;
  readonly operand: unknown;
}

function holds(field: Field | undefined, texts: readonly string[], { operator, operand }: Operation): boolean {
  const word = String(operand);
  if (operator === 'in') {
    const wanted = (Array.isArray(operand) ? operand : [operand]).map((item) =>
      isIdentifier(field) ? String(item).toUpperCase() : String(item),
    );
    return texts.some((text) => wanted.includes(text));
  }
  if (operator === 'text') return word === '' || texts.some((text) => folded(text).includes(folded(word)));
  if (operator === 'within') return texts.some((text) => text.startsWith(regionStem(word)));
  return texts.some((text) => {
    const compared = compareWith(field, text, word);
    return operator === 'gte' ? compared >= 0 : compared < 0;
  });
}

/** Latin letters of ASCII are the same in both cases; no database's locale has a say in it. */
function folded(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Identifiers are the same whatever their case. */
function isIdentifier(field: Field | undefined): boolean {
  if (field === undefined) return false;
  return /.Code$/.test(field.graphType) || field.wire.some(({ id }) => id !== undefined);
}

function compareWith(field: Field | undefined, text: string, operand: string): number {
  if (field?.graphType === 'DateTime') {
    const instant = parseInstant(operand) ?? '';
    return text < instant ? -1 : text === instant ? 0 : 1;
  }
  if (field?.graphType === 'Date') return text < operand ? -1 : text === operand ? 0 : 1;
  return new Decimal(text).comparedTo(operand);
}

/** GB/T 2260: two digits a level; a level of zeros stands for all below. */
function regionStem(code: string): string {
  return /^(\d\d)0000$/.exec(code)?.[1] ?? /^(\d{4})00$/.exec(code)?.[1] ?? code;
}
