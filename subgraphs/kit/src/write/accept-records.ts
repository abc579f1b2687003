/**
 * From the wire to the store: each record is judged by the law, good ones are written, bad ones are answered with every
 * violation at once. Judging is done before any transaction begins, so that none is held open by it.
 * @see design/feed.md 3
 */
import { type SystemRow, type Violation, type WireRecord, contentHash, isPublicWarning, recordKey, validateRecord } from '@hub/schema';

import type { Transaction } from 'kysely';

import type { SystemStore } from '../graph/context.ts';

import type { Arrival, Outcome, RecordSource, WithdrawalReason } from './arrival.ts';
import { writeRecords } from './write-records.ts';

/** A record as it came. */
export interface Incoming {
  readonly record: WireRecord;
  readonly message: Arrival['message'];
  readonly source: RecordSource;
  /** Of a withdrawal; SENDER when nothing is said. */
  readonly reason?: WithdrawalReason;
  /** Code of the system that a withdrawn record went to, or a put one came from. */
  readonly moved?: string;
}

/** What became of it. */
export interface Accepted {
  readonly incoming: Incoming;
  /** Undefined when it was refused. */
  readonly outcome: Outcome | undefined;
  readonly refusals: readonly Violation[];
  readonly warnings: readonly Violation[];
}

/** The most records of one transaction; for a first fill, when nobody reads the feed yet that an open transaction holds back. */
export const batchSize = 1_000;

/** Records of one transaction while the hub serves: it is to end within 200 ms, and 1,000 of them take half a second. */
export const liveBatchSize = 250;

/**
 * @param batch - At most `batchSize` records.
 * @param receivedAt - Canonical instant.
 * @returns One answer for each record, in order.
 */
export function acceptRecords(target: SystemStore, batch: readonly Incoming[], receivedAt: string): Promise<readonly Accepted[]> {
  return acceptAlongside(target, batch, { receivedAt });
}

/** How a batch is accepted. */
export interface AcceptOptions {
  /** Canonical instant. */
  readonly receivedAt: string;
  /** Writes along in the transaction of the batch, last, even when every record was refused; nothing is kept when it throws. */
  readonly alongside?: (db: Transaction<unknown>, answers: readonly Accepted[]) => Promise<void>;
}

/**
 * Accepts records as `acceptRecords` does, with what else is to be kept together with them or not at all.
 * @returns One answer for each record, in order.
 */
export async function acceptAlongside(
  target: SystemStore,
  batch: readonly Incoming[],
  { receivedAt, alongside }: AcceptOptions,
): Promise<readonly Accepted[]> {
  const judged = batch.map((incoming) => judge(target, incoming));
  const arrivals = judged.flatMap(({ arrival }) => arrival ?? []);
  const outcomes = await writeRecords(target, {
    arrivals,
    receivedAt,
    alongside: alongside && ((db, decided) => alongside(db, answersOf(judged, arrivals, decided))),
  });
  return answersOf(judged, arrivals, outcomes);
}

function answersOf(judged: readonly Judgement[], arrivals: readonly Arrival[], outcomes: readonly Outcome[]): readonly Accepted[] {
  const written = new Map(arrivals.map((arrival, place) => [arrival, outcomes[place]]));
  return judged.map(({ incoming, arrival, refusals, warnings }) => {
    const outcome = arrival === undefined ? undefined : written.get(arrival);
    const unknown = outcome?.state === 'UNKNOWN' ? [withdrawalOfNothing] : [];
    return { incoming, outcome, refusals: [...refusals, ...unknown], warnings };
  });
}

interface Judgement {
  readonly incoming: Incoming;
  readonly arrival: Arrival | undefined;
  readonly refusals: readonly Violation[];
  readonly warnings: readonly Violation[];
}

const withdrawalOfNothing: Violation = {
  rule: 'WITHDRAWAL_UNKNOWN',
  severity: 'refusal',
  field: '',
  messageZh: '要撤销的记录不存在，请核对 DATA_KEY。',
  messageEn: 'There is no such record to withdraw: check DATA_KEY.',
};

function judge({ store, system, codes }: SystemStore, incoming: Incoming): Judgement {
  const { record, message, source, reason, moved } = incoming;
  const stored = store.byCode.get(record.dataset);
  // The store may hold the datasets of other systems' contracts too.
  if (stored === undefined || !system.contracts.includes(stored.contract.name)) {
    return { incoming, arrival: undefined, refusals: [datasetUnknown(record.dataset, system)], warnings: [] };
  }
  const { dataset } = stored;
  const { refusals, warnings } = validateRecord(dataset, record, { codes, sourceKind: source.kind });
  const key = recordKey(dataset, record);
  if (refusals.length > 0 || key === undefined) return { incoming, arrival: undefined, refusals, warnings };
  const arrival: Arrival = {
    stored,
    key,
    op: record.op,
    wire: record.fields,
    hash: contentHash(dataset.code, record.fields),
    source,
    reason,
    moved,
    warnings: warnings
      .filter((warning) => isPublicWarning(dataset, warning))
      .map(({ rule, field, messageZh }) => ({ rule, field: field === '' ? null : field, message: messageZh })),
    message,
  };
  return { incoming, arrival, refusals, warnings };
}

function datasetUnknown(dataset: string, { contracts }: SystemRow): Violation {
  return {
    rule: 'DATASET_UNKNOWN',
    severity: 'refusal',
    field: '',
    messageZh: `本系统没有数据集 ${dataset}，请核对 DATA_EN 与本系统服务的契约（${contracts.join('、')}）。`,
    messageEn: `This system has no dataset ${dataset}: check DATA_EN and the contracts the system serves (${contracts.join(', ')}).`,
  };
}
