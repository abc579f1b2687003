/**
 * From the wire to the store: each record is judged by the law, good ones are written, bad ones are answered with every
 * violation at once. Judging is done before any transaction begins, so that none is held open by it.
 * @see design/feed.md 3
 */
import { type Violation, type WireRecord, contentHash, isPublicWarning, recordKey, validateRecord } from '@hub/schema';

import type { SystemStore } from '../graph/context.ts';

import type { Arrival, Outcome, RecordSource } from './arrival.ts';
import { writeRecords } from './write-records.ts';

/** A record as it came. */
export interface Incoming {
  readonly record: WireRecord;
  readonly message: Arrival['message'];
  readonly source: RecordSource;
}

/** What became of it. */
export interface Accepted {
  readonly incoming: Incoming;
  /** Undefined when it was refused. */
  readonly outcome: Outcome | undefined;
  readonly refusals: readonly Violation[];
  readonly warnings: readonly Violation[];
}

/** Rows of one transaction: enough to be fast, few enough not to hold the cluster's fence. */
export const batchSize = 1_000;

/**
 * @param batch - At most `batchSize` records.
 * @param receivedAt - Canonical instant.
 * @returns One answer for each record, in order.
 */
export async function acceptRecords(target: SystemStore, batch: readonly Incoming[], receivedAt: string): Promise<readonly Accepted[]> {
  const judged = batch.map((incoming) => judge(target, incoming));
  const arrivals = judged.flatMap(({ arrival }) => arrival ?? []);
  const outcomes = await writeRecords(target.store, target.system, { arrivals, receivedAt });
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

function judge({ store, codes }: SystemStore, incoming: Incoming): Judgement {
  const { record, message, source } = incoming;
  const stored = store.byCode.get(record.dataset);
  if (stored === undefined) return { incoming, arrival: undefined, refusals: [datasetUnknown(record.dataset)], warnings: [] };
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
    warnings: warnings
      .filter((warning) => isPublicWarning(dataset, warning))
      .map(({ rule, field, messageZh }) => ({ rule, field: field === '' ? null : field, message: messageZh })),
    message,
  };
  return { incoming, arrival, refusals, warnings };
}

function datasetUnknown(dataset: string): Violation {
  return {
    rule: 'DATASET_UNKNOWN',
    severity: 'refusal',
    field: '',
    messageZh: `本系统没有数据集 ${dataset}，请核对 DATA_EN 与本系统服务的契约。`,
    messageEn: `This system has no dataset ${dataset}: check DATA_EN and the contracts the system serves.`,
  };
}
