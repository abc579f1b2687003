/**
 * A page of the receipts to one system, as both interfaces tell it.
 * @see design/feed.md 8
 */
import type { PositionRange } from '@hub/schema';

import { readReceipts } from '../feed/read-receipts.ts';
import type { ExchangeStore } from '../store/open-store.ts';

/** A receipt with what it says of the range it answers. */
export interface AnsweringReceipt {
  readonly position: number;
  readonly answered: PositionRange;
  readonly epoch: string;
  readonly accepted: number;
  readonly refused: number;
  readonly waiting: number;
  /** Canonical instant. */
  readonly decidedAt: string;
  /** As it was written, the same for ever. */
  readonly text: string;
}

/** Receipts after a position. */
export interface ReceiptPage {
  readonly receipts: readonly AnsweringReceipt[];
  readonly head: number;
  readonly more: boolean;
}

/** @returns A page; empty for a system that was told nothing yet. */
export async function receiptPage(
  store: Pick<ExchangeStore, 'reading'>,
  { system, ...asked }: { readonly system: string; readonly after: number; readonly first: number },
): Promise<ReceiptPage> {
  const { receipts, head } = await readReceipts(store, system, asked);
  const told = receipts.map(({ position, text, from, to, epoch, accepted, refused, waiting, at }) => {
    return { position, answered: { from, to }, epoch, accepted, refused, waiting, decidedAt: at, text };
  });
  return { receipts: told, head, more: (told.at(-1)?.position ?? head) < head };
}
