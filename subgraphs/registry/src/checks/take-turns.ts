/**
 * One task after another, in turns by whose they are: whoever asks for many waits behind his own, and keeps nobody else waiting
 * for more than one of them.
 * @see README «Checks»
 */
import { HubError } from '@hub/schema';

/** Tasks in turns. */
export interface Turns {
  /** @throws HubError QUERY_TOO_LARGE when as many tasks of `whose` wait as may. */
  run<Result>(whose: string, task: () => Promise<Result>): Promise<Result>;
}

/** @param maxWaiting - Tasks of one that may wait. */
export function takeTurns(maxWaiting: number): Turns {
  /** Whoever comes first in it is next. */
  const waiting = new Map<string, (() => Promise<void>)[]>();
  let running = false;
  const goOn = async (): Promise<void> => {
    running = true;
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      const [whose, tasks] = next;
      const task = tasks.shift();
      waiting.delete(whose);
      if (tasks.length > 0) waiting.set(whose, tasks);
      await task?.();
    }
    running = false;
  };
  return {
    run<Result>(whose: string, task: () => Promise<Result>) {
      const tasks = waiting.get(whose) ?? [];
      if (tasks.length >= maxWaiting) return Promise.reject(tooMany(maxWaiting));
      const done = new Promise<Result>((resolve, reject) => {
        tasks.push(() => task().then(resolve, reject));
      });
      waiting.set(whose, tasks);
      if (!running) void goOn();
      return done;
    },
  };
}

function tooMany(maxWaiting: number): HubError {
  return new HubError('QUERY_TOO_LARGE', {
    zh: `已有 ${maxWaiting} 份 SDL 在等待检查，请等它们完成再提交。`,
    en: `${maxWaiting} SDLs wait to be checked already: send more when they are done.`,
  });
}
