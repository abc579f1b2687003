/**
 * Once a day, keys of submissions that are older than keys are kept are forgotten.
 * @see design/feed.md 8
 */
import type { ExchangeStore } from '../store/open-store.ts';
import { dropOldSubmissions } from './submission-book.ts';

const dayMs = 86_400_000;

/** Starts it; disposing ends it after what it is at. */
export function dropOldDaily(store: ExchangeStore, onFault: (cause: unknown) => void): AsyncDisposable {
  let running: Promise<void> = Promise.resolve();
  const drop = (): void => void (running = dropOldSubmissions(store).catch(onFault));
  const timer = setInterval(drop, dayMs);
  drop();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}
