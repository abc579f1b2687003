/**
 * Closes segments and days as they fill, in one process at a time.
 * @see design/feed.md 9
 */
import type { StatementSigner } from '@hub/schema';

import { startLeading } from '../store/start-leading.ts';
import { closeNextDay } from './close-day.ts';
import { closeNextSegment } from './close-segment.ts';
import { feedLeaves } from './feed-leaves.ts';

/** How it runs. */
export interface ProverOptions {
  /** `postgresql://…` that sees the exchange's tables. */
  readonly url: string;
  readonly signer: StatementSigner;
  /** Told of what went wrong, of an outage once; the prover goes on. */
  readonly onFault: (cause: unknown) => void;
  /** Milliseconds between looks; default 1,000. */
  readonly everyMs?: number;
}

const usualMs = 1_000;
const lock = 0;

/** Starts it; disposing ends it after what it is at. */
export function startProver({ url, signer, onFault, everyMs = usualMs }: ProverOptions): AsyncDisposable {
  return startLeading({
    url,
    lock,
    onFault,
    async work(sql, signal) {
      const stating = { sql, signer, leaves: feedLeaves(sql) };
      while (!signal.aborted && (await closeNextSegment(stating)));
      while (!signal.aborted && (await closeNextDay(stating)));
      return everyMs;
    },
  });
}
