/**
 * Where one worker serves, and the next after it: one that dies is started again after a pause that grows, one that is to be
 * replaced goes when the new one answers. What happens to a place happens one after the other.
 * @see README «All cores»
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { Log } from '@hub/kit/process';

import type { Turns } from './turns.ts';
import type { Worker } from './worker.ts';

/** What a place works with. */
export interface PlaceOptions {
  /** @throws HubError when it did not open. */
  readonly open: () => Promise<Worker>;
  readonly turns: Pick<Turns, 'add' | 'remove'>;
  readonly log: Log;
  /** Aborted when nothing is to be started any more. */
  readonly over: AbortSignal;
}

const pause = { firstMs: 100, maxMs: 30_000 } as const;
/** A worker that lived longer did not die of its start. */
const steadyMs = 60_000;

/** @returns How long to wait before a worker is started again after so many failures in a row, ms. */
export function pauseAfter(failures: number): number {
  return Math.min(pause.firstMs * 2 ** Math.min(failures, 20), pause.maxMs);
}

/** One place of several on a port. */
export class Place {
  readonly #options: PlaceOptions;
  #worker: Worker;
  #failures = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(first: Worker, options: PlaceOptions) {
    this.#options = options;
    this.#worker = first;
    this.#put(first);
  }

  /** Of the worker that serves, or did last. */
  get number(): number {
    return this.#worker.number;
  }

  /** Replaces the worker. @returns When the old one is gone, whether there is a new one; if not, the old one goes on. */
  async renew(): Promise<boolean> {
    const old = await this.#inTurn(() => this.#replace());
    if (old !== undefined) {
      this.#options.turns.remove(old);
      await old.drain();
    }
    return old !== undefined;
  }

  async #replace(): Promise<Worker | undefined> {
    const { open, log, over } = this.#options;
    const old = this.#worker;
    try {
      this.#put(await open());
      return old;
    } catch (cause) {
      const text = '新的网关进程未能就绪，原有的继续作答 a new gateway process did not open, the old one goes on';
      if (!over.aborted) log.error({ err: cause, worker: old.number }, text);
      return undefined;
    }
  }

  async #repair(): Promise<void> {
    const { open, log, over } = this.#options;
    while (!over.aborted) {
      await delay(pauseAfter(this.#failures++), undefined, { signal: over }).catch(() => {});
      if (over.aborted) return;
      try {
        this.#put(await open());
        return log.warn({ worker: this.#worker.number }, '网关进程已重新启动 the gateway process is started again');
      } catch (cause) {
        if (!over.aborted) log.error({ err: cause }, '网关进程未能重新启动，稍后再试 a gateway process did not start and is tried again');
      }
    }
  }

  #put(worker: Worker): void {
    const { turns, over, log } = this.#options;
    this.#worker = worker;
    turns.add(worker);
    const sinceMs = performance.now();
    void worker.ended.then((how) => {
      turns.remove(worker);
      if (this.#worker !== worker || over.aborted) return;
      if (performance.now() - sinceMs > steadyMs) this.#failures = 0;
      log.error({ worker: worker.number, how }, '网关进程意外结束，将重新启动 a gateway process ended by itself and is started again');
      void this.#inTurn(async () => {
        // A replacement may have come meanwhile.
        if (this.#worker === worker) await this.#repair();
      });
    });
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }
}
