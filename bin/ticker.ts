/**
 * Says when it is time to tell of progress: not for what is over at once, and then not too often.
 */

/** Times in milliseconds of one clock. */
export class Ticker {
  readonly #everyMs: number;
  #nextMs: number;

  /** @param startMs - Default now. */
  constructor({
    firstMs,
    everyMs,
    startMs = performance.now(),
  }: {
    readonly firstMs: number;
    readonly everyMs: number;
    readonly startMs?: number;
  }) {
    this.#everyMs = everyMs;
    this.#nextMs = startMs + firstMs;
  }

  /** @returns Whether to tell now; true once for each turn. */
  isDue(nowMs: number): boolean {
    if (nowMs < this.#nextMs) return false;
    this.#nextMs = nowMs + this.#everyMs;
    return true;
  }
}
