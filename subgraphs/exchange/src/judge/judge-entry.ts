/**
 * One change before the law. Pure: what stands elsewhere comes as facts.
 * @see design/feed.md 3 and 4; standard/exchange.md 6
 */
import type { FeedEntry } from '@hub/kit';
import { type Dataset, type Violation, type WireFields, contentHolds, isIdentifier, validateRecord, wireItems } from '@hub/schema';

import { type TakenEntry, isUnusable } from '../journal/taken-page.ts';
import type { ExchangeLaw } from '../store/exchange-law.ts';
import { storable } from '../store/storable-text.ts';

import type { Judgement, RecordCode } from './judgement.ts';
import { readPayload } from './read-payload.ts';

/** @returns What is decided about the entry by itself. */
export function judgeEntry(law: ExchangeLaw, system: string, entry: TakenEntry): Judgement {
  if (isUnusable(entry)) return refused(entry, [entry.violation]);
  const judged = law.byCode.get(entry.dataset);
  if (judged === undefined) return refused(entry, [datasetUnknown(entry.dataset)]);
  const fields = readPayload(entry);
  if (fields === undefined) return refused(entry, [payloadUnreadable]);
  if (!contentHolds({ ...entry, system })) return refused(entry, [hashMismatch]);
  if (!isStorable(entry)) return refused(entry, [textUnreadable]);
  const { dataset } = judged;
  const { refusals, warnings } = validateRecord(
    dataset,
    { system, dataset: entry.dataset, dataKey: entry.key, op: entry.op, fields },
    { codes: law.codes, sourceKind: entry.source.kind },
  );
  const violations = [...refusals, ...warnings];
  if (refusals.length > 0) return refused(entry, violations);
  const codes = entry.op === 'put' ? codesOf(dataset, fields) : [];
  return { entry, state: 'ACCEPTED', violations, codes, awaited: [], until: null };
}

/** @returns The business codes under which a record of these fields is found. */
export function codesOf(dataset: Dataset, fields: WireFields): readonly RecordCode[] {
  const kept = dataset.fields.filter((field) => field.indexed && field.graphType !== 'Party' && isIdentifier(field));
  const names = new Set(kept.flatMap(({ wire }) => wire.map(({ code }) => code)));
  return [...names].flatMap((field) =>
    [...new Set(wireItems(fields[field]))].flatMap((value) =>
      value === '' || value.length > longestCode ? [] : { field, value: value.toUpperCase() },
    ),
  );
}

/** Longer texts are no codes. */
const longestCode = 200;

function refused(entry: TakenEntry, violations: readonly Violation[]): Judgement {
  return { entry, state: 'REFUSED', violations, codes: [], awaited: [], until: null };
}

/** Names become columns, and PostgreSQL's text holds neither NUL nor half a character. */
function isStorable({ dataset, key, contract, categories, dataTimestamp, source, movedTo = '', movedFrom = '' }: FeedEntry): boolean {
  const texts = [dataset, key, contract, ...categories, dataTimestamp ?? '', source.name ?? '', source.url ?? '', movedTo, movedFrom];
  return texts.every((text) => storable(text) === text);
}

function datasetUnknown(dataset: string): Violation {
  return {
    rule: 'DATASET_UNKNOWN',
    severity: 'refusal',
    field: '',
    messageZh: `全省的契约中没有数据集 ${shown(dataset)}，请核对系统所服务的契约。`,
    messageEn: `No contract of the province has a dataset ${shown(dataset)}: check the contracts that the system serves.`,
  };
}

function shown(name: string): string {
  return name.toWellFormed().replaceAll(/\p{C}/gu, '\uFFFD').slice(0, 80);
}

const payloadUnreadable: Violation = {
  rule: 'MESSAGE_UNREADABLE',
  severity: 'refusal',
  field: '',
  messageZh: 'payload 不是由文本字段组成的 JSON 对象，见接口文档第 13 节。',
  messageEn: 'The payload is no JSON object of text fields: see section 13 of the protocol.',
};
const hashMismatch: Violation = {
  rule: 'HASH_MISMATCH',
  severity: 'refusal',
  field: '',
  messageZh: 'hash 与 payload 不符：内容在系统里或途中被改动过。',
  messageEn: 'The hash is not the payload’s: the content was altered in the system or on the way.',
};
const textUnreadable: Violation = {
  rule: 'TEXT_UNREADABLE',
  severity: 'refusal',
  field: '',
  messageZh: '键、来源或其他名称含有不能保存的字符。',
  messageEn: 'The key, the source or another name holds characters that cannot be kept.',
};
