/**
 * Pulls everything that is new: keep → check → confirm, again and again from wherever the last run ended.
 *
 * Lines are checked one by one and kept in batches, each with the cursor it brings, in one transaction. What was kept is then held
 * against the hub's signed statements, and only what one of them covers is confirmed to the hub. A kill at any point loses
 * nothing but work: the cursor says where to go on, and a batch that came before is found there.
 * @see design/feed.md 8 and 9
 */
import { HubError, type PositionRange, piecesOf, type Sm2PublicKey, segmentPositions } from '@hub/schema';

import { checkedBatches } from '../check/check-lines.ts';
import { checkStatements } from '../check/check-statements.ts';
import { believed } from '../check/believed.ts';
import type { FeedState, Hub } from '../hub/hub-client.ts';
import type { PulledStore } from '../store/pulled-store.ts';

/** Where a pull is: what was just done. */
export type PullStep = 'asked' | 'received' | 'kept' | 'checked' | 'confirmed';

/** How to pull. */
export interface PullOptions {
  readonly hub: Hub;
  readonly store: PulledStore;
  /** Keys of the statements, had from elsewhere and alone believed from then on; without them those that are offered first. */
  readonly signers?: readonly Sm2PublicKey[] | undefined;
  /** Entries kept in one transaction; default 1,000. */
  readonly batchEntries?: number;
  /** Told after each batch. */
  readonly onProgress?: (progress: { readonly position: number; readonly head: number }) => void;
  /** Awaited after each step. */
  readonly onStep?: (step: PullStep) => Promise<void> | void;
}

/** What a pull did. */
export interface PullOutcome {
  readonly epoch: string;
  /** Position from which it went on. */
  readonly after: number;
  readonly position: number;
  /** Statements that were checked in this run. */
  readonly statements: number;
  /** Keys that are believed. */
  readonly signers: readonly Sm2PublicKey[];
}

const stream = 'hub';

/**
 * @throws HubError SYSTEMS_UNAVAILABLE, SYSTEM_FAILED when the hub cannot be had or is not believed; EPOCH_CHANGED when what is
 * kept belongs to another feed.
 */
export async function pull(options: PullOptions): Promise<PullOutcome> {
  const { hub, store, onStep } = options;
  const feed = await hub.feed();
  const before = await store.cursor();
  if ((before.epoch !== undefined && before.epoch !== feed.epoch) || before.position > feed.head) throw otherFeed(before.position, feed);
  const signers = await believed(options);
  await onStep?.('asked');
  for (const piece of piecesOf({ from: before.position + 1, to: feed.head })) await pullPiece(piece, feed, options);
  const statements = await checkStatements(options, { epoch: feed.epoch, head: feed.head, signers });
  await onStep?.('checked');
  const { position, confirmed } = await store.cursor();
  for (const { from, to } of piecesOf({ from: confirmed + 1, to: position })) {
    await hub.confirm({ epoch: feed.epoch, from, to, refused: [] });
    await store.noteConfirmed(to);
    await onStep?.('confirmed');
  }
  return { epoch: feed.epoch, after: before.position, position, statements, signers };
}

async function pullPiece(piece: PositionRange, feed: FeedState, options: PullOptions): Promise<void> {
  const { hub, store, batchEntries = 1_000, onProgress, onStep } = options;
  const closed = piece.to - piece.from + 1 === segmentPositions && piece.to / segmentPositions <= feed.segments;
  const lines = hub.lines(piece, { closed, epoch: feed.epoch });
  let position = piece.from - 1;
  for await (const batch of checkedBatches(lines, { stream, after: position, size: batchEntries })) {
    await onStep?.('received');
    await store.apply(feed.epoch, batch);
    position = batch.at(-1)?.position ?? position;
    onProgress?.({ position, head: feed.head });
    await onStep?.('kept');
  }
  if (position !== piece.to) throw cutShort(position, piece);
}

function otherFeed(position: number, { head }: FeedState): HubError {
  return new HubError('EPOCH_CHANGED', {
    zh: `已保存到位置 ${position}，而枢纽的数据流到 ${head} 为止或换了世代：枢纽曾恢复到较早的备份。请先逐条对账（--reconcile），已保存的不删。`,
    en: `Positions up to ${position} are kept, and the hub’s feed ends at ${head} or has another epoch: it was restored from an earlier backup. Reconcile first (--reconcile), and delete nothing.`,
  });
}

function cutShort(position: number, { to }: PositionRange): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `枢纽的答复到位置 ${position} 就结束了，应到 ${to}。`,
    en: `The hub’s answer ended at position ${position} instead of ${to}.`,
  });
}
