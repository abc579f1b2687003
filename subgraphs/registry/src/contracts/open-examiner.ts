/**
 * Examines proposed contracts in a thread of their own, one at a time, with bounds on its time and memory. The thread is kept for
 * a while: a proposal mostly follows a check.
 * @see README «Changes of contracts»
 */
import { Worker } from 'node:worker_threads';

import type { Examined, Question } from './examine.ts';
import { refusalOf } from './finding.ts';

/** Bounds of one examination. */
export interface ExaminerBounds {
  /** On the clock, ms. */
  readonly maxMs: number;
  readonly maxHeapMb: number;
  /** How long the thread waits for the next one, ms. */
  readonly keptMs: number;
  /** Of all texts together. */
  readonly maxBytes: number;
  /** Examinations that wait for their turn. */
  readonly maxWaiting: number;
}

/** All contracts are 0.5 MB and take 3 s. */
const usualBounds: ExaminerBounds = { maxMs: 60_000, maxHeapMb: 1536, keptMs: 60_000, maxBytes: 4_000_000, maxWaiting: 8 };

/** Examines. */
export type Examiner = (question: Question) => Promise<Examined>;

/** An examiner with its thread. */
export interface OpenExaminer extends AsyncDisposable {
  readonly examine: Examiner;
}

/** Opens nothing yet: the first question does. */
export function openExaminer(bounds: ExaminerBounds = usualBounds): OpenExaminer {
  let thread: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };
  const run = async (question: Question): Promise<Examined> => {
    clearTimeout(idle);
    thread ??= startThread(bounds);
    const examined = await askThread(thread, question, bounds.maxMs);
    if (examined === undefined) {
      await end();
      return refused(tooCostly);
    }
    idle = setTimeout(() => void end(), bounds.keptMs).unref();
    return examined;
  };
  return {
    examine(question) {
      const { contracts, shared, directives } = question.texts;
      const bytes = [shared, directives, ...contracts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      if (bytes > bounds.maxBytes) return Promise.resolve(refused(tooLarge(bytes, bounds.maxBytes)));
      // Whoever has a key may ask for a check; nobody is to keep all others waiting.
      if (waiting > bounds.maxWaiting) return Promise.resolve(refused(tooMany));
      waiting += 1;
      const running = last.then(() => run(question)).finally(() => (waiting -= 1));
      last = running.catch(() => {});
      return running;
    },
    async [Symbol.asyncDispose]() {
      await end();
      await last;
    },
  };
}

function startThread({ maxHeapMb }: ExaminerBounds): Worker {
  const options = { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } };
  const thread = new Worker(new URL('./examining-thread.ts', import.meta.url), options);
  thread.unref();
  // What comes after it was given up is nobody's.
  thread.on('error', () => {});
  return thread;
}

/** @returns undefined when the thread went beyond its bounds, or broke, and is to be ended. */
async function askThread(thread: Worker, question: Question, maxMs: number): Promise<Examined | undefined> {
  const { promise, resolve } = Promise.withResolvers<Examined | undefined>();
  const giveUp = (): void => resolve(undefined);
  const hear = (told: Examined): void => resolve(told);
  const late = setTimeout(giveUp, maxMs);
  thread.on('message', hear).once('error', giveUp).once('exit', giveUp);
  thread.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  thread.postMessage(question);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    thread.unref();
    thread.off('message', hear).off('error', giveUp).off('exit', giveUp);
  }
}

function refused(finding: Examined['findings'][number]): Examined {
  return { findings: [finding], release: undefined, changes: [] };
}

const tooCostly = refusalOf('CONTRACTS_TOO_COSTLY', {
  zh: '检查这些契约超出了时间或内存上限。',
  en: 'Examining these contracts takes more time or memory than it may.',
});

const tooMany = refusalOf('CONTRACTS_BUSY', {
  zh: '正在检查的契约太多，请稍后再试。',
  en: 'Too many contracts are being examined: try again later.',
});

function tooLarge(bytes: number, most: number): Examined['findings'][number] {
  return refusalOf('CONTRACTS_TOO_LARGE', {
    zh: `契约共 ${bytes} 字节，至多 ${most} 字节。`,
    en: `The contracts have ${bytes} bytes; ${most} at most.`,
  });
}
