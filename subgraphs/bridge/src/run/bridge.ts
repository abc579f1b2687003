/**
 * What every step of a running bridge needs.
 */
import type { SystemStore } from '@hub/kit';

import type { Mapping } from '../mapping/mapping.ts';

import type { BridgeCount, RowFinding } from './count.ts';

/** A bridge and the system it writes for. */
export interface Bridge {
  readonly mapping: Mapping;
  readonly target: SystemStore;
  readonly nowMs: () => number;
  /** Aborted: stop at the next border between batches. */
  readonly signal: AbortSignal;
  readonly onFinding: (finding: RowFinding) => void;
  /** Called after each batch with the counts of the round so far. */
  readonly onProgress: (entry: string, count: BridgeCount) => void;
  /** Let a pass withdraw however many rows it did not see. */
  readonly withdrawMany: boolean;
  /** Digests of the views’ definitions, by name: a change of one is a reason to read all of its rows again. */
  readonly views?: ReadonlyMap<string, string>;
}

/** @returns The moment as a canonical instant. */
export function receivedAt({ nowMs }: Pick<Bridge, 'nowMs'>): string {
  return new Date(nowMs()).toISOString().replace('Z', '000Z');
}
