/**
 * Whether a system is worth asking. After a few failures in a row it counts as away at once instead of at its deadline; then
 * one request at a time tries it again, at growing intervals, and the first answer brings it back.
 * @see design/partitioning.md «Coverage lives in the data»
 */
import type { Clock } from '@hub/kit/process';

/** Reasons that say the system itself is in trouble, not one answer of it. */
export type Outage = 'TIMEOUT' | 'UNREACHABLE';

/** When a system counts as away and how often it is tried again. */
export interface HealthOptions {
  /** Failures in a row that make a system count as away. */
  readonly failures: number;
  /** First wait before it is tried again; doubles up to `maxProbeMs`. */
  readonly probeMs: number;
  readonly maxProbeMs: number;
}

export const usualHealth: HealthOptions = { failures: 3, probeMs: 500, maxProbeMs: 8000 };

/** What an outage looks like from outside. */
export interface OutageReport {
  readonly reason: Outage;
  readonly sinceMs: number;
  readonly retryAfterMs: number;
}

/** State of one system; every request that `admit` lets through must report back exactly once. */
export class Health {
  readonly #clock: Clock;
  readonly #options: HealthOptions;
  #failures = 0;
  #sinceMs = 0;
  #reason: Outage = 'UNREACHABLE';
  #probeAtMs = 0;
  #probing = false;

  constructor(clock: Clock, options: HealthOptions = usualHealth) {
    this.#clock = clock;
    this.#options = options;
  }

  /** Whether it answered when it was last asked, or was never asked. */
  get isUp(): boolean {
    return this.#failures < this.#options.failures;
  }

  /** @returns undefined: ask it; otherwise do not, for this reason. */
  admit(): OutageReport | undefined {
    if (this.isUp) return undefined;
    if (this.#probing || this.#clock.nowMs() < this.#probeAtMs) return this.#report();
    this.#probing = true;
    return undefined;
  }

  /** It answered, whatever the answer was worth. */
  succeeded(): void {
    this.#failures = 0;
    this.#probing = false;
  }

  /** It did not answer. */
  failed(reason: Outage): OutageReport {
    const nowMs = this.#clock.nowMs();
    if (this.#failures === 0) this.#sinceMs = nowMs;
    this.#failures++;
    this.#probing = false;
    this.#reason = reason;
    const tries = Math.max(0, this.#failures - this.#options.failures);
    this.#probeAtMs = nowMs + Math.min(this.#options.probeMs * 2 ** Math.min(tries, 20), this.#options.maxProbeMs);
    return this.#report();
  }

  /** The caller went away before the system could answer: nothing is known. */
  abandoned(): void {
    this.#probing = false;
  }

  #report(): OutageReport {
    return {
      reason: this.#reason,
      sinceMs: this.#sinceMs,
      retryAfterMs: Math.max(1, this.#probeAtMs - this.#clock.nowMs(), this.#options.probeMs),
    };
  }
}
