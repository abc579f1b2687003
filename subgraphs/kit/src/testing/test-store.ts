/**
 * An open store with the law's own contracts, and as many systems in it as a test asks for: rows of different systems never
 * meet, so one database serves a whole file of tests.
 */
import { type Contract, type SystemRow, law } from '@hub/schema';

import type { SystemStore } from '../graph/context.ts';
import { type Store, type StoreOptions, openStore } from '../store/store.ts';

import { migratedFor } from './migrated.ts';
import { openTestDatabase } from './test-database.ts';

/** A store of its own; `await using` drops its database. */
export interface TestStore extends AsyncDisposable {
  readonly url: string;
  readonly store: Store;
  /** A system nobody has used before. */
  system(): SystemStore;
}

/** Platform codes that every test system declares as its own. */
export const ownPlatforms: SystemRow['platformCodes'] = [
  { platform: 'Y1000000TEST00001A', tradePlat: 'TEST0000001' },
  { platform: 'Y1000000TEST00002B', tradePlat: 'TEST0000002' },
];

/** Names of the contracts that a trading system serves in tests. */
export const tradingContracts: readonly string[] = ['board', 'construction'];

/** Opens a store in a database of its own. */
export async function openTestStore({
  poolSize = 12,
  contracts = lawContracts(),
  ...options
}: Partial<StoreOptions> = {}): Promise<TestStore> {
  const database = await openTestDatabase(migratedFor(contracts));
  const { codes } = law();
  const store = await openStore({ ...options, url: database.url, contracts, poolSize });
  let systems = 0;
  return {
    url: database.url,
    store,
    system() {
      systems += 1;
      return { store, codes, system: systemRow(`system-${systems}`, contracts) };
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

function lawContracts(): readonly Contract[] {
  const contracts = law().contracts.map(({ contract }) => contract);
  return contracts.filter(({ name }) => tradingContracts.includes(name));
}

function systemRow(code: string, contracts: readonly Contract[]): SystemRow {
  return {
    code,
    name: `交易系统 ${code}`,
    nameEn: `System ${code}`,
    owner: { name: '某中心', creditCode: undefined },
    region: '990100',
    platformCodes: ownPlatforms,
    contracts: contracts.map(({ name }) => name),
    registeredAt: '2026-01-01T00:00:00+08:00',
    state: 'PUBLISHED',
  };
}
