import { law } from '@hub/schema';
import { sql } from 'kysely';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import { openStore } from '../store/store.ts';
import { put, tell } from '../testing/test-records.ts';
import { openTestStore, tradingContracts } from '../testing/test-store.ts';

import { feedPage } from './feed-page.ts';
import { readFeedRequest } from './feed-request.ts';
import { sequence } from './sequence.ts';

test('a store from before there was a feed: its changes come first, whatever their transaction ids, with their payloads', async () => {
  await using opened = await openTestStore();
  const old = opened.system();
  await tell(old, put('PROJECT', 'P', { PROJECT_NAME: '甲', DATA_TIMESTAMP: '20261101' }), put('PROJECT', 'Q', { PROJECT_NAME: '乙' }));
  await sql`alter table outbox drop column era, drop column categories, drop column reason, drop column moved`.execute(old.store.db);
  await sql`alter table record_version drop column payload`.execute(old.store.db);
  await sql`drop table feed, feed_era`.execute(old.store.db);
  // As in a store that was restored into a younger cluster.
  await sql`alter table outbox disable trigger outbox_guard`.execute(old.store.db);
  await sql`update outbox set xid = '999999999999'`.execute(old.store.db);
  await sql`update hub_stamp set value = '' where name = 'schema'`.execute(old.store.db);
  const contracts = law().contracts.map(({ contract }) => contract);
  await using store = await openStore({
    url: opened.url,
    contracts: contracts.filter(({ name }) => tradingContracts.includes(name)),
    poolSize: 2,
  });
  const system = { ...old, store };
  await tell(system, put('PROJECT', 'P', { PROJECT_NAME: '丙', DATA_TIMESTAMP: '20261102' }));
  const db = postgres(opened.url, { max: 1 });
  await expect.poll(async () => sequence(db, 10).then(() => feedPage(system, ask({})).then(({ head }) => head))).toBe(3);
  await db.end();
  const { entries } = await feedPage(system, ask({ categories: ['construction'] }));
  expect(
    entries.map(({ position, key, version, payload, dataTimestamp, categories }) => ({
      position,
      key,
      version,
      payload,
      dataTimestamp,
      categories,
    })),
  ).toEqual([
    { position: 1, key: 'P', version: 1, payload: '{"PROJECT_NAME":"甲"}', dataTimestamp: '20261101', categories: [] },
    { position: 2, key: 'Q', version: 1, payload: '{"PROJECT_NAME":"乙"}', dataTimestamp: null, categories: [] },
    { position: 3, key: 'P', version: 2, payload: '{"PROJECT_NAME":"丙"}', dataTimestamp: '20261102', categories: ['construction'] },
  ]);
});

function ask(request: object): Parameters<typeof feedPage>[1] {
  const asked = readFeedRequest(JSON.stringify(request));
  if ('segment' in asked) throw new RangeError('a page was asked for');
  return asked;
}
