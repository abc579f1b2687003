/**
 * Remembers which requests have come, as long as their signatures hold. Nothing is forgotten before its time: when the memory
 * is full, what is new is refused.
 * @see schema/PROTOCOL.md 10
 */

/** What came of showing a nonce. */
export type Shown = 'new' | 'seen' | 'full';

/** About 100 bytes each: 20 MB at most, 1,600 requests a second without end. */
export const usualNonces = 200_000;

/** Nonces by the second in which their signature ends. */
export class NonceMemory {
  readonly #most: number;
  readonly #byEnd = new Map<number, Set<string>>();
  #count = 0;
  /** Whatever ends by then may have been forgotten, so it counts as seen even if a clock is set back. */
  #forgottenS = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @param nonce - Names the request together with its signer: the same of two signers are two.
   * @param endS - When its signature ends, s; both in the verifier's time.
   */
  show(nonce: string, endS: number, nowS: number): Shown {
    this.#forget(nowS);
    if (endS <= this.#forgottenS) return 'seen';
    const known = this.#byEnd.get(endS);
    if (known?.has(nonce) === true) return 'seen';
    if (this.#count >= this.#most) return 'full';
    if (known === undefined) this.#byEnd.set(endS, new Set([nonce]));
    else known.add(nonce);
    this.#count++;
    return 'new';
  }

  #forget(nowS: number): void {
    for (const [endS, nonces] of this.#byEnd) {
      if (endS >= nowS) continue;
      this.#byEnd.delete(endS);
      this.#count -= nonces.size;
      this.#forgottenS = Math.max(this.#forgottenS, endS);
    }
  }
}
