/**
 * Follows the feeds of all systems at once, one loop each: what is slow, down or broken holds up itself alone, and pages are
 * checked and written in turn. Systems are taken up, moved and left while it runs.
 * @see design/architecture.md «The way of a record»; README «采集 Harvest»
 */
import { setTimeout as delay } from 'node:timers/promises';

import { type Clock, guardedLookup, type Reach, type Resolve, type Signer, systemClock } from '@hub/kit/process';

import { openConnections } from './ask-system.ts';
import { followSource, type FollowOptions } from './follow-source.ts';
import type { HarvestJournal } from './harvest-journal.ts';
import { type HarvestLimits, type SourceRow, usualLimits } from './source-parts.ts';
import { openTurns } from './turns.ts';

/** How it is run. */
export interface HarvestOptions {
  readonly journal: HarvestJournal;
  /** Signs as `exchange`. */
  readonly signer: Signer;
  /** Told of faults that are the exchange's own; those of sources are noted in the journal. */
  readonly onFault: (cause: unknown) => void;
  /** How far beyond the public Internet systems may be; nowhere unless it is said. */
  readonly reach?: Reach | undefined;
  readonly resolve?: Resolve | undefined;
  readonly clock?: Clock | undefined;
  readonly limits?: Partial<HarvestLimits> | undefined;
  /** Pages that are checked and written at once; default 6. */
  readonly pagesAtOnce?: number | undefined;
  readonly pause?: FollowOptions['pause'] | undefined;
  readonly random?: (() => number) | undefined;
}

/** A running harvest. */
export interface Harvest extends AsyncDisposable {
  /** Follows exactly these systems from now on: others are left once their page is taken, moved ones are asked where they are now. */
  follow(rows: readonly SourceRow[]): void;
  /** Codes of the systems that are followed. */
  readonly followed: readonly string[];
}

interface Followed {
  readonly url: string;
  readonly over: AbortController;
  readonly ended: Promise<void>;
}

const usualPagesAtOnce = 6;

/** Starts with nothing to follow. */
export function startHarvest(options: HarvestOptions): Harvest {
  const { journal, signer, onFault, reach = {}, clock = systemClock, pagesAtOnce = usualPagesAtOnce, random = Math.random } = options;
  const dispatcher = openConnections(guardedLookup(reach, options.resolve));
  const parts = {
    line: { dispatcher, signer, reach },
    journal,
    limits: { ...usualLimits, ...options.limits },
    large: openTurns(pagesAtOnce),
    work: openTurns(pagesAtOnce),
    clock,
  };
  const running = new Map<string, Followed>();
  /** Loops that were told to end. */
  const ending = new Set<Promise<void>>();

  const leave = (code: string): Promise<void> => {
    const followed = running.get(code);
    if (followed === undefined) return Promise.resolve();
    running.delete(code);
    followed.over.abort();
    ending.add(followed.ended);
    void followed.ended.finally(() => ending.delete(followed.ended));
    return followed.ended;
  };
  const begin = (row: SourceRow): void => {
    const moved = running.has(row.code);
    const before = leave(row.code);
    const over = new AbortController();
    const { signal } = over;
    const run = (): Promise<void> => followSource(parts, row, { signal, pause: options.pause ?? pause, random, onFault, moved });
    running.set(row.code, { url: row.url, over, ended: before.then(run).catch(onFault) });
  };
  return {
    follow(rows) {
      const wanted = new Set(rows.map(({ code }) => code));
      for (const code of running.keys()) if (!wanted.has(code)) void leave(code);
      for (const row of rows) if (running.get(row.code)?.url !== row.url) begin(row);
    },
    get followed() {
      return [...running.keys()];
    },
    async [Symbol.asyncDispose]() {
      for (const code of running.keys()) void leave(code);
      await Promise.all(ending);
      await dispatcher.destroy();
    },
  };
}

/** Waits; ends early, without a word, when nobody waits any more. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => {});
}
