/**
 * Databases that already have the tables of a store, for tests of what is done with it: to make the tables of all contracts takes
 * two seconds, to copy them a quarter of one. How they are made is tested on empty databases (`store/store.test.ts`, `tests/start`).
 */
import { createHash } from 'node:crypto';

import { type Contract, type Province, isHeldBySystems, law } from '@hub/schema';

import { openStore } from '../store/store.ts';

import type { Prepared } from './test-database.ts';

/** @returns The database of a store of these contracts, in this order, on which no hub was started yet. */
export function migratedFor(contracts: readonly Contract[]): Prepared {
  return {
    name: createHash('sha256').update(JSON.stringify(contracts)).digest('hex').slice(0, 32),
    async prepare(url) {
      await using _ = await openStore({ url, contracts, poolSize: 2 });
    },
  };
}

/** @returns The database of a store of the law's contracts that systems of a province hold, or of all that systems may hold. */
export function migratedForSystems(province?: Province): Prepared {
  const held = law().contracts.flatMap(({ contract }) => (isHeldBySystems(contract) ? [contract] : []));
  const names = province?.systems.flatMap((row) => row.contracts);
  return migratedFor(held.filter(({ name }) => names?.includes(name) ?? true));
}
