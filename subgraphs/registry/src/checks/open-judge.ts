/**
 * Judges SDLs in a thread of their own, one at a time and in turns by who signs, with bounds on its time and memory: a text that
 * is made to be dear is refused like any other, and many of them keep nobody else waiting.
 * The thread is kept for the next text, for reading the law costs more than judging, and given up when none comes.
 * @see README «Checks»
 */
import { Worker } from 'node:worker_threads';

import type { Finding } from './finding.ts';
import type { Judge, Judged, Submission } from './judge.ts';
import { findingAt, sizeFinding } from './read-sdl.ts';
import { takeTurns } from './take-turns.ts';

/** Bounds of one judgement. */
export interface JudgeBounds {
  /** Time on the processor, ms; a busy machine does not make a text dear. */
  readonly maxCpuMs: number;
  /** Time on the clock, ms, reading the law included. */
  readonly maxMs: number;
  readonly maxHeapMb: number;
}

/** A full text of all contracts takes 0.4 s. */
const usualBounds: JudgeBounds = { maxCpuMs: 1500, maxMs: 30_000, maxHeapMb: 512 };
const lookMs = 100;
/** A thread that read the law holds more memory than all else of the registry. */
const idleMs = 10_000;
/** Judgements that are remembered: systems of one release send the same text. */
const maxKept = 16;
/** SDLs of one signer that wait: each may have 4 MB. */
const maxWaiting = 8;

/** A judge with its thread. */
export interface OpenJudge extends AsyncDisposable {
  readonly judge: Judge;
}

/** Opens nothing yet: the first text does. */
export function openJudge(bounds: JudgeBounds = usualBounds): OpenJudge {
  const kept = new Map<string, Judged>();
  const turns = takeTurns(maxWaiting);
  let thread: Worker | undefined;
  let over = false;
  let idle: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };
  const run = async (submission: Submission): Promise<readonly Finding[]> => {
    if (over) return [tooCostly];
    clearTimeout(idle);
    thread ??= startThread(bounds);
    const findings = await judgeIn(thread, submission, bounds);
    // Texts come one at a time: whoever comes next puts the end off.
    idle = setTimeout(() => void end(), idleMs).unref();
    if (findings !== undefined) return findings;
    await end();
    return [tooCostly];
  };
  return {
    async judge(submission) {
      const { text, sha256, contracts, law, by = '' } = submission;
      const large = sizeFinding(text);
      if (large !== undefined) return { passed: false, findings: [large], durationMs: 0 };
      const name = `${sha256} ${law?.law ?? ''} ${contracts.toSorted().join(' ')}`;
      return (
        kept.get(name) ??
        turns.run(by, async () => {
          const startedMs = performance.now();
          const findings = kept.get(name)?.findings ?? (await run(submission));
          const passed = findings.every(({ severity }) => severity !== 'REFUSAL');
          const judged = { passed, findings, durationMs: Math.round(performance.now() - startedMs) };
          const [oldest] = kept.size >= maxKept ? kept.keys() : [];
          if (oldest !== undefined) kept.delete(oldest);
          kept.set(name, judged);
          return judged;
        })
      );
    },
    async [Symbol.asyncDispose]() {
      over = true;
      await end();
    },
  };
}

function startThread({ maxHeapMb }: JudgeBounds): Worker {
  const thread = new Worker(new URL('./judging-thread.ts', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  // It waits for the next text and keeps nobody alive; what comes after it was given up is nobody's.
  thread.unref();
  thread.on('error', () => {});
  return thread;
}

/** @returns The findings; undefined when the thread went beyond its bounds and is to be ended. */
async function judgeIn(thread: Worker, submission: Submission, { maxCpuMs, maxMs }: JudgeBounds): Promise<readonly Finding[] | undefined> {
  const { promise, resolve } = Promise.withResolvers<readonly Finding[] | undefined>();
  const giveUp = (): void => resolve(undefined);
  let looking: NodeJS.Timeout | undefined;
  let watched = 0;
  const watch = async (): Promise<void> => {
    const turn = watched;
    const start = await thread.cpuUsage();
    // It may have gone on, or be done, by now.
    if (turn !== watched) return;
    looking = setInterval(() => {
      thread.cpuUsage(start).then(({ user, system }) => {
        if ((user + system) / 1000 > maxCpuMs) giveUp();
      }, giveUp);
    }, lookMs);
  };
  const hear = (told: unknown): void => {
    clearInterval(looking);
    watched += 1;
    if (told === 'text') void watch().catch(giveUp);
    else if (isFindings(told)) resolve(told);
  };
  const late = setTimeout(giveUp, maxMs);
  thread.on('message', hear).once('error', giveUp).once('exit', giveUp);
  thread.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  thread.postMessage(submission);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    clearInterval(looking);
    watched += 1;
    thread.unref();
    thread.off('message', hear).off('error', giveUp).off('exit', giveUp);
  }
}

function isFindings(told: unknown): told is readonly Finding[] {
  return Array.isArray(told);
}

const tooCostly = findingAt('SDL_TOO_COSTLY', [1, 1], {
  zh: '检查这份 SDL 超出了时间或内存上限。',
  en: 'Judging this SDL takes more time or memory than it may.',
});
