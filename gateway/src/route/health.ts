/**
 * Whether a system is worth asking. After a few failures in a row it counts as away at once instead of at its deadline; then
 * one request at a time tries it again, at growing intervals, and the first answer brings it back. Timeouts alone prove
 * nothing, for a dear question times out at a system that is well: before they put it away it is asked something light.
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
  #away = false;
  #sinceMs = 0;
  #reason: Outage = 'UNREACHABLE';
  #probeAtMs = 0;
  #probing = false;
  #contactMs: number | undefined;

  constructor(clock: Clock, options: HealthOptions = usualHealth) {
    this.#clock = clock;
    this.#options = options;
  }

  /** Whether it is worth asking. */
  get isUp(): boolean {
    return !this.#away;
  }

  /** Why it is away; undefined: it is not. */
  get outage(): Outage | undefined {
    return this.#away ? this.#reason : undefined;
  }

  /** Why it did not answer the last time, and since when; undefined: it did, or was not asked. */
  get trouble(): { readonly reason: Outage; readonly sinceMs: number } | undefined {
    return this.#failures === 0 ? undefined : { reason: this.#reason, sinceMs: this.#sinceMs };
  }

  /** When it last answered; undefined: not yet. */
  get contactMs(): number | undefined {
    return this.#contactMs;
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
    this.#contactMs = this.#clock.nowMs();
    this.#failures = 0;
    this.#away = false;
    this.#probing = false;
  }

  /** It did not answer. */
  failed(reason: Outage): OutageReport {
    if (this.#failures === 0) this.#sinceMs = this.#clock.nowMs();
    this.#failures++;
    this.#probing = false;
    this.#reason = reason;
    if (reason !== 'TIMEOUT' && this.#failures >= this.#options.failures) this.#away = true;
    return this.#waitAndReport();
  }

  /** @returns Whether to ask it something light now, once at a time; what comes of it is told by `silent` or like any request. */
  doubted(): boolean {
    const doubtful = this.#reason === 'TIMEOUT' && this.#failures >= this.#options.failures && !this.#probing;
    if (doubtful) this.#probing = true;
    return doubtful;
  }

  /** It did not answer what was light either. */
  silent(reason: Outage): OutageReport {
    this.#probing = false;
    // Meanwhile it answered somebody else.
    if (this.#failures < this.#options.failures) return this.#report();
    // However many dear questions timed out at once, the first wait is the shortest.
    if (!this.#away) this.#failures = this.#options.failures;
    this.#away = true;
    this.#reason = reason;
    return this.#waitAndReport();
  }

  /** The caller went away before the system could answer: nothing is known. */
  abandoned(): void {
    this.#probing = false;
  }

  #waitAndReport(): OutageReport {
    const { failures, probeMs, maxProbeMs } = this.#options;
    const tries = Math.max(0, this.#failures - failures);
    this.#probeAtMs = this.#clock.nowMs() + Math.min(probeMs * 2 ** Math.min(tries, 20), maxProbeMs);
    return this.#report();
  }

  #report(): OutageReport {
    return {
      reason: this.#reason,
      sinceMs: this.#sinceMs,
      retryAfterMs: Math.max(1, this.#probeAtMs - this.#clock.nowMs(), this.#options.probeMs),
    };
  }
}
