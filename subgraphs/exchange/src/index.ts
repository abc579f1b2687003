/** The exchange's door. */
export { startExchangeSequencer } from './feed/sequence-exchange.ts';
export { releaseWaiting } from './journal/release-waiting.ts';
export { type Release, startRelease } from './journal/start-release.ts';
export { takePage } from './journal/take-page.ts';
export type { Taken, TakenEntry, TakenPage, UnusableEntry } from './journal/taken-page.ts';
export { type ExchangeStore, type ExchangeStoreOptions, openExchangeStore } from './store/open-store.ts';
export { type SourceFault, type SourceState, noteFault, noteWell, readSource, readSources } from './store/source-state.ts';
