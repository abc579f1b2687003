/**
 * One change before the law, by itself; and what the rules will ask about others. Pure.
 * @see design/feed.md 3 and 4; standard/exchange.md 6
 */
import type { FeedEntry } from '@hub/kit';
import {
  type DataRule,
  type Dataset,
  type JudgedRecord,
  type Lookup,
  type Violation,
  type WireFields,
  dayOfRecord,
  factsWanted,
  lookupValue,
  parseInstant,
  validateRecord,
  wireValue,
} from '@hub/schema';

import { type TakenEntry, isUnusable } from '../journal/taken-page.ts';
import type { ExchangeLaw } from '../store/exchange-law.ts';
import { isStorable, isVersion } from '../store/storable-text.ts';

import { fieldsOf, holds } from './content.ts';
import { type Judgement, type RecordCode, refused } from './judgement.ts';
import { datasetUnknown, hashMismatch, changeUnreadable, textUnreadable } from './refusals.ts';

/** A change that the law has nothing against. */
export interface Candidate {
  readonly entry: FeedEntry;
  readonly record: JudgedRecord;
  /** Warnings of the law. */
  readonly violations: readonly Violation[];
  /** Rules that hold on the record's day. */
  readonly rules: readonly DataRule[];
  /** What they want to know of standing records. */
  readonly lookups: readonly Lookup[];
  /** Codes under which it stands once it is accepted. */
  readonly codes: readonly RecordCode[];
}

/** What it is prepared for. */
export interface Preparing {
  readonly law: ExchangeLaw;
  readonly system: string;
  /** Hours it has waited. */
  readonly waitedHours: number;
}

/** @returns A judgement when nothing further is to be asked, else the candidate. */
export function prepareEntry(entry: TakenEntry, { law, system, waitedHours }: Preparing): Judgement | Candidate {
  if (isUnusable(entry)) return refused(entry, [entry.violation]);
  const dataset = law.byCode.get(entry.dataset)?.dataset;
  if (dataset === undefined) return refused(entry, [datasetUnknown(entry.dataset)]);
  const fields = fieldsOf(entry);
  if (fields === undefined) return refused(entry, [changeUnreadable]);
  if (!holds(entry)) return refused(entry, [hashMismatch]);
  if (!isKeepable(entry)) return refused(entry, [textUnreadable]);
  if (!isVersion(entry.version) || parseInstant(entry.receivedAt) === undefined) return refused(entry, [changeUnreadable]);
  const { key, op, source } = entry;
  const sent = { system, dataset: entry.dataset, dataKey: key, op, fields };
  const { refusals, warnings } = validateRecord(dataset, sent, { codes: law.codes, sourceKind: source.kind });
  if (refusals.length > 0) return refused(entry, [...refusals, ...warnings]);
  const record = { system, dataset: entry.dataset, key, op, fields, sourceKind: source.kind, waitedHours };
  const rules = op === 'put' ? law.rules.rulesFor(entry.dataset, dayOfRecord(fields, entry.receivedAt)) : [];
  const codes = op === 'put' ? codesOf(law, dataset, fields) : [];
  return { entry, record, violations: warnings, rules, lookups: factsWanted(rules, record), codes };
}

/** @returns The codes by which rules look a record up, and the one by which readers do. */
export function codesOf({ rules }: ExchangeLaw, dataset: Dataset, fields: WireFields): readonly RecordCode[] {
  const looked = rules.lookedUpCodes(dataset.code, fields);
  const field = ownCode(dataset);
  if (field === undefined || looked.some((code) => code.field === field)) return looked;
  const value = lookupValue(wireValue(fields, field) ?? '');
  return value === undefined ? looked : [...looked, { field, value }];
}

/** @returns The wire field by which readers find a record of the dataset; undefined when there is none. */
export function ownCode({ fields, byCode }: Dataset): string | undefined {
  return fields.find(({ name }) => name === byCode)?.wire[0]?.code;
}

/** Names become columns, and a database's text does not hold everything. */
function isKeepable({ dataset, key, contract, categories, dataTimestamp, source, movedTo = '', movedFrom = '' }: FeedEntry): boolean {
  const texts = [dataset, key, contract, ...categories, dataTimestamp ?? '', source.name ?? '', source.url ?? '', movedTo, movedFrom];
  return texts.every(isStorable);
}
