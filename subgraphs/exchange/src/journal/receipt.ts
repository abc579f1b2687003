/**
 * Receipts: what a system is told of its changes. One for each part of a page, and one for changes that waited; in the system's
 * own stream `receipts:CODE`.
 * @see design/feed.md 8; standard/exchange.md 3
 */
import { type ChangeRow, storableViolation } from './change-row.ts';
import type { Decision } from './release-waiting.ts';
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

/** @returns The receipt of changes that waited; its positions are the first and the last of them. */
export function decidedReceipt(system: string, decisions: readonly Decision[], at: string): string {
  const positions = decisions.map(({ change }) => change.entry.position);
  const counted = (state: ChangeRow['state']): number => decisions.filter(({ judgement }) => judgement.state === state).length;
  return JSON.stringify({
    kind: 'DECIDED',
    system,
    epoch: decisions[0]?.change.epoch ?? '',
    from: Math.min(...positions),
    to: Math.max(...positions),
    accepted: counted('ACCEPTED'),
    refused: counted('REFUSED'),
    waiting: 0,
    at,
    changes: decisions.map(({ change: { entry }, judgement: { state, violations } }): ReceiptChange => {
      const { position, dataset, key, version, op } = entry;
      return { position, dataset, key, version, op, state, violations: violations.map(storableViolation) };
    }),
  }).slice(1);
}

function receiptChange({ position, dataset, key, version, op, state, violations, awaited, until }: ChangeRow): ReceiptChange {
  const told = { position, dataset, key, version, op, state, violations };
  return state === 'WAITING' ? { ...told, awaited, until } : told;
}
