/**
 * What a field shows → the canonical texts it is ordered and filtered by, and whether a filter takes them.
 * @see schema/PROTOCOL.md 2, 9
 */
import { type Field, canonicalDecimal, compareDecimals, isDecimal, isIdentifier, parseInstant } from '@hub/schema';

import { at, isObject } from '../ask/json-value.ts';
import type { ListOrder } from './list.ts';

/** @returns Texts of all values shown: none for what is absent; money in yuan; codes of codes; names of parties. */
export function shownTexts(field: Field, value: unknown, part: 'name' | 'code' = 'name'): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => shownText(field, one, part) ?? []);
}

function shownText(field: Field, value: unknown, part: 'name' | 'code'): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (field.graphType === 'Party') {
    const text = at(value, part);
    return typeof text === 'string' ? (part === 'code' ? text.toUpperCase() : text) : undefined;
  }
  if (field.graphType === 'Money') return decimalText(at(value, 'yuan'));
  if (isObject(value)) {
    const code = value['code'];
    return typeof code === 'string' ? code : undefined;
  }
  if (field.graphType === 'DateTime') return typeof value === 'string' ? parseInstant(value) : undefined;
  if (field.graphType === 'Decimal' || field.graphType === 'Int') return decimalText(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  return isIdentifier(field) ? value.toUpperCase() : value;
}

function decimalText(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && isDecimal(text) ? canonicalDecimal(text) : undefined;
}

/** @returns What a record is ordered by, as it shows it; null when it shows none. */
export function shownSortValue({ field }: ListOrder, node: Readonly<Record<string, unknown>>): string | null {
  const received = node['receivedAt'];
  if (field === undefined) return typeof received === 'string' ? (parseInstant(received) ?? null) : null;
  return shownTexts(field, node[field.name])[0] ?? null;
}

/** One condition on one field. */
export interface Condition {
  readonly operator: 'in' | 'gte' | 'lt' | 'within' | 'text';
  readonly operand: string;
}

/** @returns Whether a row that shows these texts is among what the condition asks for. */
export function meets(field: Field, texts: readonly string[], { operator, operand }: Condition): boolean {
  switch (operator) {
    case 'in':
      return texts.includes(operand);
    case 'text':
      return texts.some((text) => folded(text).includes(folded(operand)));
    case 'within':
      return texts.some((text) => text.startsWith(operand.replace(/(?:00){1,2}$/, '')));
    case 'gte':
      return texts.some((text) => compared(field, text, operand) >= 0);
    case 'lt':
      return texts.some((text) => compared(field, text, operand) < 0);
    default:
      return operator satisfies never;
  }
}

/** Latin letters are the same in both cases; nothing else is. */
function folded(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function compared({ graphType }: Field, a: string, b: string): number {
  if (graphType === 'Money' || graphType === 'Decimal' || graphType === 'Int') return compareDecimals(a, b);
  return a < b ? -1 : a === b ? 0 : 1;
}
