/**
 * Follows one source for as long as it is wanted: question by question, waiting where there is nothing new, and ever longer where
 * something is wrong. Whatever it sends, no more than this loop is held up.
 *
 * question → page taken → question …; fault → noted → wait → the same question; a cursor lost or an epoch ended → another one
 * @see README «采集 Harvest»
 */
import { segmentPositions } from '@hub/schema';

import type { SourcePlace } from './check-page.ts';
import { clockSlackMs, sourceClock } from './clock-offset.ts';
import type { HarvestParts, SourceRow } from './source-parts.ts';
import { delayLeft, retryDelay } from './retry-delay.ts';
import { rowOf, SourceFault } from './source-faults.ts';
import { takeNextPage } from './take-next-page.ts';
import { cursorBefore, takeSegment } from './take-segment.ts';

/** What the loop needs beside the parts. */
export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Waits; ends early, without a word, when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Told of faults that are ours. */
  readonly onFault: (cause: unknown) => void;
  /** Whether it is asked elsewhere than a moment ago: patience was promised to another address. */
  readonly moved: boolean;
}

/** Longest time between two questions to a source that does not wait, in times of the shortest. */
const mostIdle = 20;
/** Epochs that end before their snapshot is read. */
const mostRenewals = 2;

/** @returns When the signal is aborted and nothing of it runs any more. */
export async function followSource(parts: HarvestParts, row: SourceRow, options: FollowOptions): Promise<void> {
  const { signal, pause, random, onFault } = options;
  // A journal that cannot be read now is told of at the first question, which reads it too.
  if (!options.moved) await pause(await promised(parts, row).catch(() => 0), signal);
  const source = openSource(parts, row);
  let [failures, idle] = [0, 0];
  while (!signal.aborted) {
    try {
      const { outcome, waited } = await source.step(signal);
      if (failures > 0) await parts.journal.well(row.code);
      failures = 0;
      idle = outcome === 'IDLE' && !waited ? Math.min(mostIdle, idle * 2 || 1) : 0;
      if (idle > 0) await pause(idle * parts.limits.idleMs, signal);
    } catch (cause) {
      if (signal.aborted) return;
      failures++;
      const again = cause instanceof SourceFault ? rowOf(cause.code).again : 'SOON';
      const retryAfterMs = cause instanceof SourceFault ? cause.retryAfterMs : undefined;
      const ms = retryDelay({ failures, again, retryAfterMs, random });
      if (cause instanceof SourceFault) await note(parts, row, { fault: cause, ms, clock: source.offsetMs }).catch(onFault);
      else onFault(cause);
      await pause(ms, signal);
    }
  }
}

/** @returns How long it is still to be left alone by what was noted before this start, ms. */
async function promised({ journal, clock }: HarvestParts, { code }: SourceRow): Promise<number> {
  return delayLeft((await journal.read(code))?.retryAt, clock.nowMs());
}

/** One source, question by question. */
export interface Source {
  /**
   * Puts the next question. `waited`: the source took its time, as it was asked to.
   * @throws SourceFault, after which the next step puts the question that follows from it; other errors are the journal's.
   */
  step(signal: AbortSignal): Promise<{ readonly outcome: 'TAKEN' | 'IDLE' | 'DOUBTED'; readonly waited: boolean }>;
  readonly offsetMs: number | undefined;
}

/** @returns A source that goes on where the journal stands. */
export function openSource(parts: HarvestParts, row: SourceRow): Source {
  const { journal, limits } = parts;
  const clock = sourceClock();
  let place: SourcePlace | undefined;
  let [first, misformed, renewing, renewals] = [limits.first, '', false, 0];
  let [head, segments, byPagesUntil] = [0, 0, 0];

  const load = async (): Promise<SourcePlace> => {
    const known = await journal.read(row.code);
    // A cursor is written at the end of a page; the position may be within the next one.
    return {
      epoch: null,
      position: 0,
      snapshot: 0,
      ...known,
      cursor: known?.cursor === '' ? null : (known?.cursor ?? null),
      lagging: true,
    };
  };
  const put = async (at: SourcePlace, signal: AbortSignal): Promise<{ outcome: 'TAKEN' | 'IDLE' | 'DOUBTED'; waitedMs: number }> => {
    const asked = { row, clock, signal };
    const whole = !renewing && at.position >= byPagesUntil && at.position >= at.snapshot && at.epoch !== null;
    const closed = Math.floor(at.position / segmentPositions);
    if (whole && at.cursor === null && closed > 0) {
      byPagesUntil = (closed + 1) * segmentPositions;
      place = { ...at, cursor: await cursorBefore(parts, asked, at), lagging: true };
      return { outcome: 'TAKEN', waitedMs: 0 };
    }
    if (whole && head - at.position >= limits.farBehind && segments > closed) {
      // What fails as a segment is tried by pages: from where the journal stands by then.
      byPagesUntil = (closed + 1) * segmentPositions;
      place = undefined;
      ({ place, byPagesUntil } = await takeSegment(parts, asked, { ...at, head }));
      return { outcome: 'TAKEN', waitedMs: 0 };
    }
    const step = await takeNextPage(parts, asked, { place: at, renewing, first, misformed });
    ({ place, misformed, head, segments } = step);
    if (step.outcome === 'DOUBTED') return step;
    renewing = false;
    if (step.place.position >= step.place.snapshot) renewals = 0;
    first = Math.min(limits.first, first * 2);
    return step;
  };
  /** What follows from a fault for the next question. */
  const learn = (cause: unknown): void => {
    if (!(cause instanceof SourceFault)) {
      // The journal knows what was taken of it.
      place = undefined;
      return;
    }
    if (rowOf(cause.code).smaller === true) first = Math.max(1, Math.floor(first / 4));
    if (cause.code === 'CURSOR_LOST') {
      renewing = false;
      if (place !== undefined) place = { ...place, cursor: null, lagging: true };
    }
    if (cause.code === 'EPOCH_CHANGED') {
      renewing = true;
      renewals++;
    }
  };
  return {
    async step(signal) {
      place ??= await load();
      try {
        const { outcome, waitedMs } = await put(place, signal);
        return { outcome, waited: waitedMs >= limits.idleMs };
      } catch (cause) {
        if (!signal.aborted) learn(cause);
        if (renewals <= mostRenewals) throw cause;
        renewals = 0;
        throw new SourceFault('EPOCH_UNSTABLE', cause instanceof SourceFault ? cause.evidence : '', { cause });
      }
    },
    get offsetMs() {
      return clock.offsetMs;
    },
  };
}

interface Noted {
  readonly fault: SourceFault;
  readonly ms: number;
  readonly clock: number | undefined;
}

async function note({ journal, clock: ours }: HarvestParts, { code: system }: SourceRow, { fault, ms, clock = 0 }: Noted): Promise<void> {
  const { zh, en } = rowOf(fault.code);
  const off = Math.abs(clock) > clockSlackMs ? `; clock ${Math.round(clock / 1000)} s` : '';
  await journal.fault(system, { code: fault.code, zh, en, evidence: `${fault.evidence}${off}`, retryAtMs: ours.nowMs() + ms });
}
