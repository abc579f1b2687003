/**
 * How long changes have waited behind one and the same open transaction: it delays the feed and loses nothing, but somebody
 * has to know. Read from the fence itself, for which no privilege over other sessions is needed.
 * @see design/feed.md 3
 */

/** Where the fence stands, as `waiting.sql` reads it. */
export interface Fence {
  /** The oldest transaction that may still write. */
  readonly fence: string;
  /** Whether changes wait behind it. */
  readonly waiting: boolean;
}

/** Measures one sequencer's fence. */
export class FenceGauge {
  #held: { readonly fence: string; readonly sinceMs: number } | undefined;

  /** @returns Milliseconds for which the fence has not moved while changes waited; 0 when none wait. */
  observe({ fence, waiting }: Fence, nowMs: number): number {
    if (!waiting) this.#held = undefined;
    else if (this.#held?.fence !== fence) this.#held = { fence, sinceMs: nowMs };
    return this.#held === undefined ? 0 : nowMs - this.#held.sinceMs;
  }
}
