/**
 * Puts generated records into a running system through the one door there is, and keeps what went in: the union server is
 * built from it.
 */
import { type Incoming, type RecordSource, type SystemStore, acceptRecords, batchSize } from '@hub/kit';
import { type WireRecord, isPublicWarning } from '@hub/schema';

/** A record that a system took. */
export interface Kept {
  readonly system: string;
  readonly record: WireRecord;
  readonly key: string;
  readonly source: RecordSource;
  /** Canonical instant. */
  readonly receivedAt: string;
  readonly warnings: readonly { readonly rule: string; readonly field: string | null; readonly message: string }[];
}

/** Where records come from and when. */
export interface Arrival {
  readonly source?: RecordSource;
  /** Canonical instant; records of one call tie on it. */
  readonly receivedAt?: string;
}

const published: RecordSource = { kind: 'PUBLISHED', name: '某某公共资源交易平台', url: 'https://source.example/1' };

/** @returns The records the system took, in the order they came; withdrawals with them. */
export async function fill(target: SystemStore, records: readonly WireRecord[], arrival: Arrival = {}): Promise<readonly Kept[]> {
  const { source = published, receivedAt = '2026-11-01T00:00:00.000000Z' } = arrival;
  const kept: Kept[] = [];
  for (let at = 0; at < records.length; at += batchSize) {
    const batch = records
      .slice(at, at + batchSize)
      .map((record): Incoming => ({ record, source, message: { format: 'json', body: JSON.stringify(record) } }));
    for (const { incoming, outcome, warnings } of await acceptRecords(target, batch, receivedAt)) {
      const dataset = target.store.byCode.get(incoming.record.dataset)?.dataset;
      if (outcome?.state !== 'ACCEPTED' || dataset === undefined) continue;
      kept.push({
        system: target.system.code,
        record: incoming.record,
        key: outcome.key,
        source,
        receivedAt,
        warnings: warnings
          .filter((warning) => isPublicWarning(dataset, warning))
          .map(({ rule, field, messageZh }) => ({ rule, field: field === '' ? null : field, message: messageZh })),
      });
    }
  }
  return kept;
}
