/**
 * The one sequencer of a database, for all systems in it. Any number of processes may start one: who has the advisory lock
 * leads, the others try again; a session that ends gives the lock back. Two that lead by mistake do no harm, for the statement
 * is safe by itself.
 *
 * follow → lead → (sequence → wait)* ; whatever fails begins again with a new connection.
 * @see design/feed.md 2 and 3
 */
import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

import postgres from 'postgres';

import { type Clock, systemClock } from '../process/clock.ts';
import { sequencerLock } from '../store/advisory-locks.ts';

import { type Fence, FenceGauge } from './fence-gauge.ts';
import { sequence } from './sequence.ts';

/** Where a sequencer is between two statements. */
export type SequencerStep = 'connected' | 'following' | 'leading' | 'sequencing' | 'sequenced' | 'waiting';

/** How a sequencer runs. */
export interface SequencerOptions {
  /** `postgresql://…` of the store. */
  readonly url: string;
  /** Told of what went wrong, of an outage once; the sequencer goes on. */
  readonly onFault: (cause: unknown) => void;
  /** Told once of each transaction that holds the feed back for 5 s, ms so far. */
  readonly onFenceHeld?: (heldMs: number) => void;
  /** Awaited between any two statements. */
  readonly onStep?: (step: SequencerStep) => Promise<void> | void;
  readonly clock?: Clock;
  /** Which of the feeds of a database, each in a schema of its own; 0, that of its systems, when nothing is said. */
  readonly feed?: number;
  /** Between rounds when nothing is left and nobody pokes, ms; 20 when nothing is said: half of it is what a change waits on average. */
  readonly idleMs?: number;
}

/** A sequencer that runs. */
export interface Sequencer extends AsyncDisposable {
  /** Milliseconds for which changes have waited behind one open transaction; 0 when none wait. */
  heldMs(): number;
  /** Something was committed: it looks at once, if it leads. */
  poke(): void;
}

/** Changes of one round: some 50 ms of work. */
const mostAtOnce = 5_000;
const usualIdleMs = 20;
const followMs = 500;
const alarmMs = 5_000;
const waiting = readFileSync(new URL('waiting.sql', import.meta.url), 'utf8');

/** Starts a sequencer; disposing ends it after the statement that runs. */
export function startSequencer(options: SequencerOptions): Sequencer {
  const stop = new AbortController();
  const state: State = { heldMs: 0, faulty: false, poked: false, wake: () => {} };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await session({ ...options, signal: stop.signal, state });
      } catch (cause) {
        if (stop.signal.aborted) return;
        if (!state.faulty) options.onFault(cause);
        state.faulty = true;
        await pause(followMs, stop.signal);
      }
    }
  };
  const running = run();
  return {
    heldMs: () => state.heldMs,
    poke() {
      state.poked = true;
      state.wake();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

interface State {
  heldMs: number;
  faulty: boolean;
  /** Since the last round began. */
  poked: boolean;
  /** Ends the pause of the one that leads. */
  wake: () => void;
}

interface Session extends SequencerOptions {
  readonly signal: AbortSignal;
  readonly state: State;
}

/** One connection's life: the lock is the session's, so a connection that is made again behind our back would not have it. */
async function session(of: Session): Promise<void> {
  const { url, signal, onStep, state, feed = sequencerLock.number } = of;
  const lost = new AbortController();
  const ended = AbortSignal.any([signal, lost.signal]);
  const db = postgres(url, { max: 1, max_lifetime: null, onnotice: () => {}, onclose: () => lost.abort() });
  try {
    await onStep?.('connected');
    while (!ended.aborted) {
      const [answer] = await db<{ leads: boolean }[]>`select pg_try_advisory_lock(${sequencerLock.space}, ${feed}) as leads`;
      state.faulty = false;
      if (answer?.leads === true) await lead(db, { ...of, signal: ended });
      else {
        await onStep?.('following');
        await pause(followMs, ended);
      }
    }
  } finally {
    await db.end({ timeout: 1 });
  }
}

async function lead(
  db: postgres.Sql,
  { signal, state, onStep, onFenceHeld, clock = systemClock, idleMs = usualIdleMs }: Session,
): Promise<void> {
  const gauge = new FenceGauge();
  await onStep?.('leading');
  while (!signal.aborted) {
    await onStep?.('sequencing');
    state.poked = false;
    const moved = await sequence(db, mostAtOnce);
    await onStep?.('sequenced');
    if (moved === mostAtOnce || state.poked) continue;
    if (moved === 0) {
      const [fence] = await db.unsafe<Fence[]>(waiting);
      const before = state.heldMs;
      state.heldMs = fence === undefined ? 0 : gauge.observe(fence, clock.nowMs());
      if (before < alarmMs && state.heldMs >= alarmMs) onFenceHeld?.(state.heldMs);
    }
    await onStep?.('waiting');
    await poked(idleMs, state, signal);
  }
}

/** Until it is poked, or the pause is over. */
async function poked(idleMs: number, state: State, signal: AbortSignal): Promise<void> {
  // While it was looked for what holds the feed back.
  if (state.poked) return;
  const woken = new AbortController();
  state.wake = () => woken.abort();
  await pause(idleMs, AbortSignal.any([signal, woken.signal]));
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
}
