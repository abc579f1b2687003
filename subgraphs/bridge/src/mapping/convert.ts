/**
 * The closed list of transforms: what a row's text becomes on the wire. Pure; what cannot be read is told, never guessed.
 * @see standard/exchange.md 3; standard/identifiers.md 11
 */
import { canonicalInstant, isDecimal, printInstant, shiftDecimal } from '@hub/schema';

import type { WholeRule } from './field-rule.ts';
import { readTime } from './time-format.ts';

/** Why a text did not become a value. */
export type ConversionFault = 'VALUE_UNREADABLE' | 'VALUE_UNMAPPED';

/** A value, or why there is none. */
export type Converted = { readonly value: string } | { readonly fault: ConversionFault };

const flags: ReadonlyMap<string, string> = new Map([
  ...['1', 't', 'true', 'y', 'yes', '是', '有'].map((word) => [word, '1'] as const),
  ...['0', 'f', 'false', 'n', 'no', '否', '无'].map((word) => [word, '0'] as const),
]);

const unreadable = { fault: 'VALUE_UNREADABLE' } as const;

/** @param text - Not blank. */
export function convert(rule: WholeRule, text: string): Converted {
  if (rule.separators !== undefined) return convertList(rule, text);
  if (rule.codes !== undefined) {
    const value = Object.hasOwn(rule.codes, text) ? rule.codes[text] : rule.otherwise;
    return value === undefined ? { fault: 'VALUE_UNMAPPED' } : { value };
  }
  switch (rule.as) {
    case 'text':
      return { value: text };
    case 'number':
      return number(text, rule.shift ?? 0);
    case 'flag': {
      const value = flags.get(text.toLowerCase());
      return value === undefined ? unreadable : { value };
    }
    case 'time':
    case 'date': {
      const instant = instantOf(text, rule.formats);
      if (instant === undefined) return unreadable;
      const digits = printInstant(instant).replaceAll(/\D/g, '');
      return { value: digits.slice(0, rule.as === 'time' ? 'yyyyMMddHHmmss'.length : 'yyyyMMdd'.length) };
    }
  }
}

function convertList({ separators = [], ...rule }: WholeRule, text: string): Converted {
  const items = separators.reduce((list, separator) => list.replaceAll(separator, ';'), text).split(';');
  const values: string[] = [];
  for (const item of items) {
    const trimmed = item.trim();
    const converted = trimmed === '' ? { value: '' } : convert(rule, trimmed);
    if ('fault' in converted) return converted;
    values.push(converted.value);
  }
  return { value: values.join(';') };
}

function number(text: string, shift: number): Converted {
  const digits = text.replaceAll(/[,，\s¥￥]/g, '');
  if (!isDecimal(digits)) return unreadable;
  return { value: shift === 0 ? digits : shiftDecimal(digits, shift) };
}

function instantOf(text: string, formats: readonly string[] | undefined): string | undefined {
  // PostgreSQL writes a zone of whole hours as two digits.
  if (formats === undefined) return canonicalInstant(text.replace(/(:\d{2}(?:\.\d+)?[+-]\d{2})$/, '$1:00'));
  for (const format of formats) {
    const found = readTime(format, text);
    const instant = found === undefined ? undefined : canonicalInstant(found);
    if (instant !== undefined) return instant;
  }
  return undefined;
}
