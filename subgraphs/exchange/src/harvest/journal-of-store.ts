/**
 * The journal as the harvest uses it, on the exchange's store.
 * @see harvest-journal.ts
 */
import { sql } from 'kysely';

import { takePage } from '../journal/take-page.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { noteFault, noteWell, readSource } from '../store/source-state.ts';

import type { HarvestJournal } from './harvest-journal.ts';

/** @returns What the harvest writes to and reads from. */
export function journalOf(store: ExchangeStore): HarvestJournal {
  return {
    read: (system) => readSource(store, system),
    take: (page) => takePage(store, page),
    async hashes({ system, epoch, from, to }) {
      const found = await sql<{ position: string; hash: string }>`select position, hash from change
        where system = ${system} and epoch = ${epoch} and position between ${from}::bigint and ${to}::bigint`.execute(store.reading);
      return new Map(found.rows.map(({ position, hash }) => [Number(position), hash]));
    },
    fault: (system, fault) => noteFault(store, system, fault),
    well: (system) => noteWell(store, system),
  };
}
