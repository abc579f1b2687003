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

const operations: ReadonlyMap<string, WireRecord['op']> = new Map([
  ['1', 'put'],
  ['2', 'put'],
  ['3', 'withdraw'],
]);
/** DATA_TYPE as it is written: adding and modifying are one, for the key tells which it is. */
export const dataTypes = { put: '1', withdraw: '3' } as const satisfies Record<WireRecord['op'], string>;

const fieldName = /^[A-Za-z]\w{0,99}$/;

/** @returns The record, or why there is none. */
export function openEnvelope({ title, context }: Envelope): WireRecord | Reason {
  const dataset = title['DATA_EN']?.trim() ?? '';
  if (dataset === '') return { zh: 'TITLE 缺少 DATA_EN（数据集名称）。', en: 'TITLE lacks DATA_EN, the dataset.' };
  const op = operations.get(title['DATA_TYPE']?.trim() ?? '');
  if (op === undefined) {
    return { zh: 'DATA_TYPE 须为 1（新增）、2（修改）或 3（删除）。', en: 'DATA_TYPE must be 1 (add), 2 (modify) or 3 (delete).' };
  }
  if (context === undefined && op === 'put') return { zh: '缺少 CONTEXT。', en: 'CONTEXT is missing.' };
  const dataKey = title['DATA_KEY']?.trim() ?? '';
  return { dataset, dataKey: dataKey === '' ? undefined : dataKey, op, fields: { ...context } };
}

/** Whether a name can be a field's: a letter, then letters, digits and underscores, 100 at most. */
export function isFieldName(name: string): boolean {
  return fieldName.test(name);
}

/** Whether what was read is a reason for not being a record. */
export function isReason(read: WireRecord | Envelope | Reason): read is Reason {
  return 'zh' in read;
}
