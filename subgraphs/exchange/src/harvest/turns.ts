/**
 * Takes turns: at most so many at once, and whoever waits is served in the order of asking. Whoever asks for one turn at a time
 * stands behind all others after each, so that millions of records of one source never keep another from its turn.
 * @see README «采集 Harvest»
 */

/** A turn; ended by disposing of it. */
export type Turn = Disposable;

/** Who may work now. */
export interface Turns {
  /** @throws The reason of the signal when it is aborted while waiting. */
  take(signal: AbortSignal): Promise<Turn>;
}

/** @param most - Turns at once. */
export function openTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let free = most;
  const turn = (): Turn => {
    let over = false;
    return {
      [Symbol.dispose]() {
        if (over) return;
        over = true;
        free++;
        waiting.shift()?.();
      },
    };
  };
  return {
    take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free--;
        return Promise.resolve(turn());
      }
      const { promise, resolve, reject } = Promise.withResolvers<Turn>();
      const begin = (): void => {
        signal.removeEventListener('abort', leave);
        free--;
        resolve(turn());
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal.reason);
      };
      waiting.push(begin);
      signal.addEventListener('abort', leave, { once: true });
      return promise;
    },
  };
}
