import { type Kysely, sql } from 'kysely';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { stopClock } from '../testing/test-clock.ts';
import { put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

import { feedPage } from './feed-page.ts';
import { readFeedRequest } from './feed-request.ts';
import { holdSealed } from './hold-sealed.ts';
import { openAll } from './opener.ts';
import { sequence } from './sequence.ts';

const opening = put('TENDER_ANN_QUA_INQUERY_ANN', 'N', { NOTICE_NAME: '公告', BID_SECTION_CODES: 'L1', BID_OPEN_TIME: '20260902090000' });
const bid = (key: string, lot: string, name: string) => put('TENDER_LIST', key, { BID_SECTION_CODE: lot, BIDDER_NAME: name });
const [before, after] = ['2026-09-02T00:59:59Z', '2026-09-02T01:00:00Z'];

test('what a store from before had told is taken back, in a new epoch; what was open keeps its place among the changes', async () => {
  await using opened = await openTestStore();
  const [system, other] = [opened.system(), opened.system()];
  const { db } = system.store;
  await stopClock(db, before);
  await tell(other, put('PROJECT', 'Q', { PROJECT_NAME: '乙' }));
  await tell(system, opening, bid('A', 'L1', '甲'), put('PROJECT', 'P', { PROJECT_NAME: '丙' }));
  await tell(system, bid('A', 'L1', '乙'), bid('B', 'L1', '丁'));
  await tell(system, withdraw('TENDER_LIST', 'A'));
  await asBefore(db);
  await positions(opened, system, 6);
  const { cursor, epoch } = await page(system, {});

  expect(await holdSealed(system)).toBe(4);
  expect([await holdSealed(system), await holdSealed(other)]).toEqual([0, 0]);
  await positions(opened, system, 2);
  expect(await told(system)).toEqual(['1 N 1', '2 P 1']);
  expect(await told(other)).toEqual(['1 Q 1']);
  await expect(page(system, { after: cursor })).rejects.toMatchObject({ code: 'EPOCH_CHANGED' });
  expect((await page(system, {})).epoch).not.toBe(epoch);

  await stopClock(db, after);
  await openAll(system.store);
  await positions(opened, system, 6);
  expect(await told(system)).toEqual(['1 N 1', '2 P 1', '3 A 1', '4 A 2', '5 A 3', '6 B 1']);
});

test('what is open stays, and so do the positions', async () => {
  await using opened = await openTestStore();
  const system = opened.system();
  await stopClock(system.store.db, after);
  await tell(system, opening, bid('A', 'L1', '甲'));
  await positions(opened, system, 2);
  const { cursor, epoch } = await page(system, {});
  expect(await holdSealed(system)).toBe(0);
  await tell(system, withdraw('TENDER_LIST', 'A'));
  await positions(opened, system, 3);
  const next = await page(system, { after: cursor });
  expect([next.epoch, next.entries.map(({ key, version }) => `${key} ${version}`)]).toEqual([epoch, ['A 2']]);
});

/** As the store was written before: every change in the outbox. */
async function asBefore(db: Kysely<unknown>): Promise<void> {
  await sql`with sealed as (delete from sealed_change returning *)
    insert into outbox (system, dataset, key, version, op, hash, reason, moved, categories)
    select system, dataset, key, version, op, hash, reason, moved, categories from sealed order by id`.execute(db);
}

async function positions({ url }: TestStore, system: SystemStore, head: number): Promise<void> {
  const db = postgres(url, { max: 1 });
  await expect.poll(async () => sequence(db, 100).then(() => page(system, {}).then((now) => now.head)), { timeout: 20_000 }).toBe(head);
  await db.end();
}

async function told(system: SystemStore): Promise<readonly string[]> {
  return (await page(system, {})).entries.map(({ position, key, version }) => `${position} ${key} ${version}`);
}

function page(system: SystemStore, request: object): ReturnType<typeof feedPage> {
  const asked = readFeedRequest(JSON.stringify(request));
  if ('segment' in asked) throw new RangeError('a page was asked for');
  return feedPage(system, asked);
}
