/**
 * A judged entry as a row of `change`: which version it is, and whether it must wait behind an earlier one of its record.
 * @see design/feed.md 4 and 5
 */
import { type Violation, parseInstant } from '@hub/schema';

import type { Awaited, ChangeState, Judgement, RecordCode } from '../judge/judgement.ts';
import { isVersion, storable } from '../store/storable-text.ts';

import { bodyWithWarnings, entryBody } from './entry-body.ts';
import { type Standing, recordName } from './standing.ts';
import { type TakenPage, isUnusable } from './taken-page.ts';

/** What is inserted. */
export interface ChangeRow {
  readonly system: string;
  readonly epoch: string;
  readonly position: number;
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
  readonly op: string;
  readonly hash: string;
  readonly body: string;
  readonly state: ChangeState;
  readonly violations: readonly Omit<Violation, 'value'>[];
  readonly rules: string;
  readonly contract: string;
  readonly categories: readonly string[];
  readonly data_timestamp: string | null;
  readonly received_at: string;
  readonly harvested_at: string;
  /** Nothing: an earlier change of the record, when it waits. */
  readonly awaited: readonly Awaited[];
  readonly until: string | null;
  readonly codes: readonly RecordCode[];
  /** Whether another change of the record stood before. */
  readonly replaces: boolean;
}

/** What it is made in. */
export interface RowScope {
  readonly page: Pick<TakenPage, 'system' | 'epoch'>;
  readonly records: ReadonlyMap<string, Standing>;
  readonly harvestedAt: string;
  readonly rules: string;
}

/** @returns The row; the record it is about stands afterwards as the row says. */
export function changeRow({ entry, violations, ...judged }: Judgement, { page, records, harvestedAt, rules }: RowScope): ChangeRow {
  const named = isUnusable(entry) ? unnamed : entry;
  const record = judged.state === 'REFUSED' ? undefined : records.get(recordName(named));
  const state = record !== undefined && record.waiting > 0 ? 'WAITING' : judged.state;
  const awaited = record !== undefined && record.waiting > 0 ? [] : judged.awaited;
  const replaces = record !== undefined && (record.change !== null || record.position !== null);
  const version = record === undefined ? storableVersion(named.version) : Math.max(named.version, record.version + 1);
  if (record !== undefined) advance(record, { state, version, position: entry.position, hash: named.hash, op: named.op });
  const body = entryBody(entry, { page, version, harvestedAt });
  return {
    system: page.system,
    epoch: page.epoch,
    position: entry.position,
    dataset: indexable(named.dataset),
    key: indexable(named.key),
    version,
    op: named.op,
    hash: storable(named.hash),
    body: state === 'ACCEPTED' ? bodyWithWarnings(body, violations) : body,
    state,
    violations: violations.map(storableViolation),
    rules,
    contract: storable(named.contract),
    categories: named.categories.map(storable),
    data_timestamp: named.dataTimestamp === null ? null : storable(named.dataTimestamp),
    received_at: parseInstant(named.receivedAt) ?? harvestedAt,
    harvested_at: harvestedAt,
    awaited,
    until: awaited.length === 0 ? null : judged.until,
    codes: judged.codes,
    replaces,
  };
}

/** As long as keys may be. */
const longestIndexed = 500;
const unnamed = {
  dataset: '',
  key: '',
  version: 0,
  op: 'put',
  hash: '',
  contract: '',
  categories: [],
  dataTimestamp: null,
  receivedAt: '',
} as const;

function advance(record: Standing, change: Pick<Standing, 'hash' | 'op' | 'position' | 'version'> & { readonly state: ChangeState }): void {
  record.changed = true;
  record.version = change.version;
  if (change.state === 'WAITING') record.waiting += 1;
  else Object.assign(record, { change: null, position: change.position, hash: change.hash, op: change.op });
}

/** Keys of refused changes may be of any length, and an index row may not. */
function indexable(text: string): string {
  return storable(text.slice(0, longestIndexed));
}

/** Of a change that is refused, the number may be anything. */
function storableVersion(version: number): number {
  return isVersion(version) ? version : 0;
}

/** @returns The violation without its value, which is the sender's alone. */
export function storableViolation({ rule, severity, field, messageZh, messageEn }: Violation): Omit<Violation, 'value'> {
  return { rule, severity, field: storable(field), messageZh: storable(messageZh), messageEn: storable(messageEn) };
}
