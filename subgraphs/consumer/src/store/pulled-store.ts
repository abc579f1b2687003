/**
 * What a consumer keeps, whatever it keeps it in: entries with the cursor that they bring, roots of whole segments, and how far
 * it has checked and told.
 * @see design/feed.md 8
 */
import type { LeafSource, Sm2PublicKey } from '@hub/schema';

import type { CheckedEntry } from '../check/check-lines.ts';

/** How far a consumer has come. */
export interface Cursor {
  /** Undefined before the first entry. */
  readonly epoch: string | undefined;
  /** Last position kept. */
  readonly position: number;
  /** Statements that were checked. */
  readonly statements: number;
  /** Last position that the hub was told of. */
  readonly confirmed: number;
}

/** A store; as a source of leaves it is one side of a comparison. */
export interface PulledStore extends LeafSource, AsyncDisposable {
  cursor(): Promise<Cursor>;
  /** Keeps entries and the cursor that they bring, both or neither. @throws HubError EPOCH_CHANGED, INTERNAL when they do not follow. */
  apply(epoch: string, entries: readonly CheckedEntry[]): Promise<void>;
  /** Whoever was offered first is believed from then on. @returns The keys that are believed. */
  pin(offered: readonly Sm2PublicKey[]): Promise<readonly Sm2PublicKey[]>;
  /** These are believed from now on, and no others. */
  believe(keys: readonly Sm2PublicKey[]): Promise<readonly Sm2PublicKey[]>;
  /**
   * Goes on in another epoch: entries past `position` are set aside, none is deleted; statements and confirmations begin anew.
   * @returns How many were set aside; 0 when the cursor is not `before` any more.
   */
  adopt(before: Cursor, place: { readonly epoch: string; readonly position: number }): Promise<number>;
  noteChecked(statements: number): Promise<void>;
  noteConfirmed(position: number): Promise<void>;
  /** @returns Lines of a range in order. */
  linesOf(range: { readonly from: number; readonly to: number }): AsyncIterable<Buffer>;
}
