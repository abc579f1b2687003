/**
 * The registry's database may go away and come back. @see design/architecture.md «Past one machine»
 */
import { openTestDatabase } from '@hub/kit/testing';
import { expect, test } from 'vitest';

import { openRegistryStore } from './open-store.ts';

test('connections that the database ended in the midst of a transaction are given back: it reads and changes on, and closes', async () => {
  await using database = await openTestDatabase();
  const store = await openRegistryStore(database.url);
  for (const transaction of [store.read, store.write]) {
    // More than the pool holds.
    for (let time = 0; time < 6; time++) {
      await expect(transaction((em) => em.execute('select pg_terminate_backend(pg_backend_pid())'))).rejects.toThrow('terminat');
    }
  }
  expect(
    await store.change(({ tell }) => tell({ who: 'registry', kid: null, what: 'SEEDED', system: null, detail: {}, routing: false })),
  ).toBe(1);
  expect(await store.read((em) => em.execute('select count(*)::int as lines from registry_history'))).toEqual([{ lines: 1 }]);
  await store[Symbol.asyncDispose]();
});
