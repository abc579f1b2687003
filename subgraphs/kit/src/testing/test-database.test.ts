/**
 * Databases that are copies of a prepared one. @see test-database.ts
 */
import { randomUUID } from 'node:crypto';

import postgres from 'postgres';
import { expect, test } from 'vitest';

import { type Prepared, openTestDatabase } from './test-database.ts';

async function say(url: string, statement: string): Promise<readonly object[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end();
  }
}

test('whoever comes first prepares it, the others have copies, which are their own', async () => {
  let times = 0;
  const prepared: Prepared = {
    name: randomUUID().slice(0, 8),
    async prepare(url) {
      times += 1;
      await say(url, `create table told (by text); insert into told values ('whoever prepared it')`);
    },
  };
  const [one, other] = await Promise.all([openTestDatabase(prepared), openTestDatabase(prepared)]);
  await using both = new AsyncDisposableStack();
  for (const database of [one, other]) both.use(database);
  await say(one.url, `insert into told values ('one')`);
  await using later = await openTestDatabase(prepared);
  expect({ times, one: await say(one.url, 'select by from told'), other: await say(other.url, 'select by from told') }).toEqual({
    times: 1,
    one: [{ by: 'whoever prepared it' }, { by: 'one' }],
    other: [{ by: 'whoever prepared it' }],
  });
  expect(await say(later.url, 'select by from told')).toEqual([{ by: 'whoever prepared it' }]);
});

test('one that was not made to its end is made anew', async () => {
  let isBroken = true;
  const prepared: Prepared = {
    name: randomUUID().slice(0, 8),
    async prepare(url) {
      await say(url, 'create table told (by text)');
      if (isBroken) throw new Error('half-way');
    },
  };
  await expect(openTestDatabase(prepared)).rejects.toThrow('half-way');
  isBroken = false;
  await using database = await openTestDatabase(prepared);
  expect(await say(database.url, 'select by from told')).toEqual([]);
});
