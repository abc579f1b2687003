/**
 * The exchange's own journal, as the harvest sees it.
 * @see design/architecture.md «The way of a record»
 */
import { takePage } from '../journal/take-page.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { noteFault, noteWell, readSource } from '../store/source-state.ts';
import { readTakenHashes } from '../store/taken-hashes.ts';

import type { HarvestJournal } from './harvest-journal.ts';

/** @returns The journal of a store. */
export function exchangeJournal(store: ExchangeStore): HarvestJournal {
  return {
    read: (system) => readSource(store, system),
    take: (page) => takePage(store, page),
    hashes: (range) => readTakenHashes(store, range),
    fault: (system, fault) => noteFault(store, system, fault),
    well: (system) => noteWell(store, system),
  };
}
