import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { put, tell } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

const writers = 12;
let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore({ poolSize: writers });
});
afterAll(() => opened[Symbol.asyncDispose]());

const lot = 'E9900000000000000001001';
const eachWriter = <Told>(act: (writer: number) => Promise<Told>): Promise<Told[]> =>
  Promise.all(Array.from({ length: writers }, (_, writer) => act(writer)));

describe('feed.md 4: writers at the same time, each on a connection of its own', () => {
  test('of one new key every writer gets a version of its own', async () => {
    const target = opened.system();
    const told = await eachWriter((writer) => tell(target, put('PROJECT', 'P', { PROJECT_NAME: `项目 ${writer}` })));
    expect(told.flat().toSorted()).toEqual(Array.from({ length: writers }, (_, place) => `ACCEPTED ${place + 1}`).toSorted());
    const head = await sql<{ version: number }>`select h.version from record_head h
      join construction_project p on p.system = h.system and p.key = h.key and p.version = h.version
      where h.system = ${target.system.code}`.execute(target.store.db);
    expect(head.rows).toEqual([{ version: writers }]);
  });

  test('a deal is made of all records of its lot, though no writer saw the others', async () => {
    const target = opened.system();
    await tell(target, put('SECTION', 'S', { BID_SECTION_CODE: lot, BID_SECTION_NAME: '标段' }));
    await eachWriter((writer) => tell(target, put('TENDER_LIST', `B${writer}`, { BID_SECTION_CODE: lot, BIDDER_NAME: `公司 ${writer}` })));
    const deal = await sql<{ bidders: string }>`select wire->>'BIDDER_COUNT' as bidders from deal
      where system = ${target.system.code}`.execute(target.store.db);
    expect(deal.rows).toEqual([{ bidders: String(writers) }]);
  });

  test('a notice and its project, written at the same time, find each other', async () => {
    const target = opened.system();
    const project = (writer: number) => `E990000000000000${String(writer).padStart(4, '0')}`;
    await eachWriter((writer) => {
      const code = project(Math.floor(writer / 2));
      return writer % 2 === 0
        ? tell(target, put('TENDER_PROJECT', code, { TENDER_PROJECT_CODE: code, REGION_CODE: '990100' }))
        : tell(target, put('TENDER_ANN_QUA_INQUERY_ANN', code, { TENDER_PROJECT_CODE: code, NOTICE_NAME: '公告' }));
    });
    const regions = await sql<{ region: string }>`select i_region as region from notice where system = ${target.system.code}`.execute(
      target.store.db,
    );
    expect(regions.rows).toEqual(Array.from({ length: writers / 2 }, () => ({ region: '990100' })));
  });

  test('batches that name the same records in opposite orders do not wait for each other for ever', async () => {
    const target = opened.system();
    const names = Array.from({ length: 40 }, (_, place) => `P${place}`);
    const told = await eachWriter((writer) => {
      const order = writer % 2 === 0 ? names : names.toReversed();
      // A key again at the end makes a second wave, whose heads must not be locked after the board.
      const batch = [...order, `W${writer % 3}`, ...order.slice(0, 3), `W${(writer + 1) % 3}`];
      return tell(
        target,
        ...batch.map((key, place) => put('SECTION', key, { BID_SECTION_CODE: lot, BID_SECTION_NAME: `${writer} ${place}` })),
      );
    });
    expect(told.flat().every((outcome) => outcome.startsWith('ACCEPTED'))).toBe(true);
  });
});
