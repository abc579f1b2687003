import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { noticesOf } from '../testing/test-board.ts';
import { accept, put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened[Symbol.asyncDispose]());

const notice = (key: string, fields: Readonly<Record<string, string>>) =>
  put('TENDER_ANN_QUA_INQUERY_ANN', key, { NOTICE_NAME: '公告', ...fields });
const project = (region: string) => put('TENDER_PROJECT', 'P', { TENDER_PROJECT_CODE: 'P1', REGION_CODE: region });
const section = (key: string, fields: Readonly<Record<string, string>>) =>
  put('SECTION', key, { BID_SECTION_CODE: key, TENDER_PROJECT_CODE: 'P1', ...fields });

describe('directives.graphql @notice: a notice stands for the record it was made from', () => {
  test('with its own key, stage, lots and a way back', async () => {
    const target = opened.system();
    await tell(
      target,
      notice('N', {
        TENDER_PROJECT_CODE: 'p1',
        BID_SECTION_CODES: 'l1; L2 ;',
        BULLETIN_TYPE: '2',
        NOTICE_SEND_TIME: '20260901090000',
        NOTICE_CONTENT: '<p>正文</p>',
        URL: 'https://a.example/n',
        PLATFORM_CODE: 'SOMEBODY ELSE',
      }),
    );
    expect(await noticesOf(target)).toEqual([
      {
        key: 'TENDER_ANN_QUA_INQUERY_ANN:N',
        origin: 'COPY',
        region: null,
        place: null,
        received: '2026-11-01T00:00:00.000000Z',
        wire: {
          TITLE: '公告',
          CATEGORY: 'construction',
          STAGE: 'PREQUALIFICATION',
          PUBLISHED_AT: '20260901090000',
          HTML: '<p>正文</p>',
          URL: 'https://a.example/n',
          LOT_CODES: 'L1;L2',
          RECORD_ID: 'TenderNotice N',
        },
      },
    ]);
  });

  test('it changes with the record, and goes with it', async () => {
    const target = opened.system();
    await tell(target, notice('N', { BULLETIN_TYPE: '1' }));
    await tell(target, put('TENDER_ANN_QUA_INQUERY_ANN', 'N', { NOTICE_NAME: '更正' }));
    expect((await noticesOf(target)).map(({ wire }) => [wire['TITLE'], wire['STAGE']])).toEqual([['更正', 'TENDER']]);
    await tell(target, withdraw('TENDER_ANN_QUA_INQUERY_ANN', 'N'));
    expect(await noticesOf(target)).toEqual([]);
  });

  test('a record without what no notice can lack is not shown as one: it would take the whole list with it', async () => {
    const target = opened.system();
    expect(await tell(target, put('TENDER_ANN_QUA_INQUERY_ANN', 'N', { URL: 'https://a.example/n' }))).toEqual(['ACCEPTED 1']);
    expect(await noticesOf(target)).toEqual([]);
    await tell(target, notice('N', {}));
    expect(await noticesOf(target)).toHaveLength(1);
    await tell(target, put('TENDER_ANN_QUA_INQUERY_ANN', 'N', { NOTICE_NAME: ' ' }));
    expect(await noticesOf(target)).toEqual([]);
  });
});

describe('directives.graphql @notice: region and trading place', () => {
  test('come from the project when it arrives after the notice, and move with it', async () => {
    const target = opened.system();
    await accept(target, [notice('N', { TENDER_PROJECT_CODE: 'P1' })], '2026-10-01T00:00:00.000000Z');
    await accept(target, [project('990100')], '2026-10-02T00:00:00.000000Z');
    expect((await noticesOf(target)).map(({ region, wire, received }) => [region, wire['REGION_CODE'], received])).toEqual([
      ['990100', '990100', '2026-10-02T00:00:00.000000Z'],
    ]);
    await tell(target, project('990200'));
    expect((await noticesOf(target)).map(({ region }) => region)).toEqual(['990200']);
    await tell(target, withdraw('TENDER_PROJECT', 'P'));
    expect((await noticesOf(target)).map(({ region, wire }) => [region, wire['REGION_CODE']])).toEqual([[null, undefined]]);
  });

  test('come from the lots before they come from the project, and from the record itself before all', async () => {
    const target = opened.system();
    await tell(
      target,
      notice('N1', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODES: 'L2' }),
      notice('N2', { TENDER_PROJECT_CODE: 'P1' }),
      put('WIN_RESULT_ANNO', 'W', { NOTICE_NAME: '结果', BID_SECTION_CODE: 'L2', REGION_CODE: '990900' }),
    );
    await tell(target, section('L1', { REGION_CODE: '990300', TRA_PLACE_CODE: '990400' }), section('L2', { TRA_PLACE_CODE: '990500' }));
    await tell(target, project('990100'));
    expect((await noticesOf(target)).map(({ key, region, place }) => [key.split(':')[1], region, place])).toEqual([
      // The award tells the region of the lot, and so of the notices that name it.
      ['N1', '990900', '990500'],
      ['N2', '990300', '990400'],
      ['W', '990900', '990500'],
    ]);
  });

  test('of a notice that names no lot come from the first of its project’s lots, by code', async () => {
    const target = opened.system();
    await tell(target, notice('N', { TENDER_PROJECT_CODE: 'P1' }), section('L2', { REGION_CODE: '990200' }));
    expect((await noticesOf(target)).map(({ region }) => region)).toEqual(['990200']);
    await tell(target, put('WIN_RESULT_ANNO', 'W', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODE: 'L1', REGION_CODE: '990100' }));
    expect((await noticesOf(target)).map(({ region }) => region)).toEqual(['990100']);
  });

  test('of notices whose lots nothing else is known of come from their project', async () => {
    const target = opened.system();
    await tell(
      target,
      put('TENDER_CANDIDATE_ANNOUNCE', 'C', { PUBLICITY_NAME: '公示', TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODES: 'L7' }),
    );
    await tell(target, project('990100'));
    expect((await noticesOf(target)).map(({ region }) => region)).toEqual(['990100']);
  });
});
