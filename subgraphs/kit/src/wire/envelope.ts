/**
 * From the parts of a message, whatever its form, to a record: TITLE says what it is, CONTEXT what it holds.
 * @see standard/exchange.md 3 «Fujian message»
 */
import type { WireRecord } from '@hub/schema';

import type { Reason } from './wire-entry.ts';

/** A message taken apart. */
export interface Envelope {
  readonly title: Readonly<Record<string, string>>;
  /** Undefined when the message has none, as a withdrawal may. */
  readonly context: Readonly<Record<string, string>> | undefined;
}

/** No record, and why. */
export interface Unreadable {
  readonly problem: Reason;
}

const operations: ReadonlyMap<string, WireRecord['op']> = new Map([
  ['1', 'put'],
  ['2', 'put'],
  ['3', 'withdraw'],
]);
/** DATA_TYPE as it is written: adding and modifying are one, for the key tells which it is. */
export const dataTypes = { put: '1', withdraw: '3' } as const satisfies Record<WireRecord['op'], string>;

const fieldName = /^[A-Za-z]\w{0,99}$/;

/** @returns The record, or why there is none. */
export function openEnvelope({ title, context }: Envelope): WireRecord | Unreadable {
  const dataset = title['DATA_EN']?.trim() ?? '';
  if (dataset === '') return unreadable('TITLE 缺少 DATA_EN（数据集名称）。', 'TITLE lacks DATA_EN, the dataset.');
  const op = operations.get(title['DATA_TYPE']?.trim() ?? '');
  if (op === undefined) {
    return unreadable('DATA_TYPE 须为 1（新增）、2（修改）或 3（删除）。', 'DATA_TYPE must be 1 (add), 2 (modify) or 3 (delete).');
  }
  if (context === undefined && op === 'put') return unreadable('缺少 CONTEXT。', 'CONTEXT is missing.');
  const dataKey = title['DATA_KEY']?.trim() ?? '';
  return { dataset, dataKey: dataKey === '' ? undefined : dataKey, op, fields: { ...context } };
}

/** Whether a name can be a field's: a letter, then letters, digits and underscores, 100 at most. */
export function isFieldName(name: string): boolean {
  return fieldName.test(name);
}

/** @returns What stands in a record's place when there is none. */
export function unreadable(zh: string, en: string): Unreadable {
  return { problem: { zh, en } };
}
