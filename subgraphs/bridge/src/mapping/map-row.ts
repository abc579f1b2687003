/**
 * One row of a source → one wire record, by the mapping alone.
 * @see subgraphs/bridge/README.md «映射 · Mapping»
 */
import type { Violation, WireRecord } from '@hub/schema';

import type { Row } from '../read/reader.ts';

import { type ConversionFault, convert } from './convert.ts';
import { wholeRuleOf } from './field-rule.ts';
import type { Entry } from './mapping.ts';

/** What became of a row. */
export interface MappedRow {
  readonly record: WireRecord;
  /** What the mapping could not do; with any of these the record is not sent. */
  readonly refusals: readonly Violation[];
}

/** @returns The record, with every fault of the mapping at once. */
export function mapRow({ dataset, key, fields }: Entry, row: Row): MappedRow {
  const wire: Record<string, string> = {};
  const refusals: Violation[] = [];
  const dataKey = rowKey(key, row);
  if (dataKey === undefined) refusals.push(keyMissing(key));
  for (const [code, given] of Object.entries(fields)) {
    const rule = wholeRuleOf(given);
    const text = rule.value ?? firstText(rule.from, row);
    if (text === undefined) continue;
    const converted = rule.value === undefined ? convert(rule, text) : { value: text };
    if ('fault' in converted) refusals.push(conversionRefusal(converted.fault, code, text));
    else wire[code] = converted.value;
  }
  return { record: { dataset, dataKey, op: 'put', fields: wire }, refusals };
}

/** @returns The row's key as DATA_KEY; several columns are joined by `|`. Undefined when one is absent. */
export function rowKey(key: readonly string[], row: Row): string | undefined {
  const parts = key.map((column) => textAt(row, column));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return parts.length === 1 ? parts[0] : parts.map((part) => part.replaceAll(/[%|]/g, encodeURIComponent)).join('|');
}

function firstText(from: string | readonly string[] | undefined, row: Row): string | undefined {
  const columns = typeof from === 'string' ? [from] : (from ?? []);
  for (const column of columns) {
    const text = textAt(row, column);
    if (text !== undefined) return text;
  }
  return undefined;
}

function textAt(row: Row, column: string): string | undefined {
  const text = Object.hasOwn(row, column) ? row[column]?.trim() : undefined;
  return text === '' ? undefined : text;
}

function keyMissing(key: readonly string[]): Violation {
  return {
    rule: 'ROW_KEY_MISSING',
    severity: 'refusal',
    field: '',
    messageZh: `行主键 ${key.join('、')} 为空，无法区分各行。`,
    messageEn: `The row’s key (${key.join(', ')}) is empty.`,
  };
}

const faultTexts: Readonly<Record<ConversionFault, { readonly zh: string; readonly en: string }>> = {
  VALUE_UNREADABLE: {
    zh: '不能按映射的 as、formats 读出，请在映射中补上写法，或在视图中整理。',
    en: 'Cannot be read as the mapping’s as and formats say: add the form there, or tidy it in the view.',
  },
  VALUE_UNMAPPED: {
    zh: '代码对照表 codes 中没有这个值，请补上，或写 otherwise。',
    en: 'Not in the table codes: add it, or write otherwise.',
  },
};

function conversionRefusal(rule: ConversionFault, field: string, value: string): Violation {
  const { zh, en } = faultTexts[rule];
  return { rule, severity: 'refusal', field, value, messageZh: zh, messageEn: en };
}
