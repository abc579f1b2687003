/**
 * The sequencer of the exchange's streams: the kit's own, on the exchange's tables.
 * @see design/feed.md 2
 */
import { type Sequencer, type SequencerOptions, startSequencer } from '@hub/kit';

import { exchangeUrl } from '../store/exchange-url.ts';

/** The feeds of a database are numbered; 0 is that of its systems. */
const exchangeFeed = 1;

/**
 * Starts it. Poke it after own commits: open the store with `onCommit: () => sequencer.poke()`.
 * @param databaseUrl - The hub's database, as the store was opened with.
 */
export function startExchangeSequencer({
  databaseUrl,
  ...options
}: Omit<SequencerOptions, 'url' | 'feed'> & { readonly databaseUrl: string }): Sequencer {
  return startSequencer({ ...options, url: exchangeUrl(databaseUrl), feed: exchangeFeed });
}
