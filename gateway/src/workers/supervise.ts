/**
 * Several gateway processes on one port: each connection goes to the next of them in turn, one that dies is started again, and
 * all are replaced one after the other without a failed request. This process answers nothing itself.
 * @see README «All cores»
 */
import { randomBytes } from 'node:crypto';

import type { Log } from '@hub/kit/process';

import { Place } from './place.ts';
import { openTurns } from './turns.ts';
import { forkWorker, type Worker } from './worker.ts';

/** What they are started with. */
export interface SuperviseOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** How many. */
  readonly count: number;
  /** What seals cursors; absent: one is made, for all that are ever started here. */
  readonly cursorKey: string | undefined;
  /** What else whoever opens a gateway needs; plain data, which it reads itself. */
  readonly behind?: unknown;
  readonly log: Log;
}

/** Gateways on one port; disposing of it ends them. */
export interface Workers extends AsyncDisposable {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  /**
   * Replaces all, one after the other: the new one answers before the old one takes nothing more. When one does not open, it and
   * those after it are not replaced. Calls meanwhile share one further round.
   */
  restart(): Promise<void>;
}

/**
 * Starts them: one, and when that one is ready the others. A worker is this very command line again, which finds `isWorker()`.
 * @throws HubError PORT_IN_USE, and whatever kept a worker from opening: CONFIG_INVALID, INTERNAL.
 */
export async function superviseWorkers({ port, count, cursorKey, behind, log }: SuperviseOptions): Promise<Workers> {
  await using opened = new AsyncDisposableStack();
  const turns = opened.use(await openTurns(port));
  const order = { port: turns.port, cursorKey: cursorKey ?? randomBytes(32).toString('base64url'), behind };
  const over = new AbortController();
  const alive = new Set<Worker>();
  opened.defer(async () => {
    over.abort();
    await Promise.all([...alive].map((worker) => worker.stop()));
  });
  const open = async (): Promise<Worker> => {
    const worker = forkWorker(order);
    alive.add(worker);
    void worker.ended.then(() => alive.delete(worker));
    await worker.ready;
    return worker;
  };
  const places: Place[] = [];
  const openPlace = async (): Promise<void> => void places.push(new Place(await open(), { open, turns, log, over: over.signal }));
  await openPlace();
  await Promise.all(Array.from({ length: count - 1 }, openPlace));
  const renewAll = async (): Promise<void> => {
    for (const place of places) if (!(await place.renew())) return;
    log.warn({ workers: places.map(({ number }) => number) }, '网关进程已全部更换 all gateway processes are replaced');
  };
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const held = opened.move();
  return {
    url: `http://127.0.0.1:${turns.port}`,
    restart() {
      if (next === undefined) {
        last = next = last.then(() => {
          next = undefined;
          return renewAll();
        });
      }
      return next;
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
