/**
 * Receipts: what a system is told of its changes. One for each part of a page, and one for changes that waited; in the system's
 * own stream `receipts:CODE`.
 * @see design/feed.md 8; standard/exchange.md 3
 */
import type { ChangeRow } from './change-row.ts';
import type { PagePart } from './take-page.ts';

/** A change in a receipt: one that was refused, waits, or was accepted with warnings. */
export interface ReceiptChange extends Pick<ChangeRow, 'position' | 'dataset' | 'key' | 'version' | 'op' | 'state' | 'violations'> {
  /** What it waits for. */
  readonly awaited?: ChangeRow['awaited'];
  readonly until?: string | null;
}

/** @returns The receipt of a part: positions not listed were accepted without a word. JSON without a position, as the feed wants it. */
export function receiptOf({ page, to }: PagePart, rows: readonly ChangeRow[], at: string): string {
  const counted = (state: ChangeRow['state']): number => rows.filter((row) => row.state === state).length;
  return JSON.stringify({
    kind: 'TAKEN',
    system: page.system,
    epoch: page.epoch,
    from: rows[0]?.position ?? to,
    to,
    accepted: counted('ACCEPTED'),
    refused: counted('REFUSED'),
    waiting: counted('WAITING'),
    at,
    changes: rows.filter(({ state, violations }) => state !== 'ACCEPTED' || violations.length > 0).map(receiptChange),
  }).slice(1);
}

function receiptChange({ position, dataset, key, version, op, state, violations, awaited, until }: ChangeRow): ReceiptChange {
  const told = { position, dataset, key, version, op, state, violations };
  return state === 'WAITING' ? { ...told, awaited, until } : told;
}
