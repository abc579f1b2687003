import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { dealOf, dealsOf } from '../testing/test-board.ts';
import { put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;
const section = (key: string, fields: Fields) => put('SECTION', key, fields);
const award = (key: string, fields: Fields) => put('WIN_RESULT_ANNO', key, { NOTICE_NAME: '结果', ...fields });
const end = (key: string, fields: Fields) => put('TENDER_ABNORMITY_REPORT', key, { EXCEPITON_NAME: '报告', ...fields });
const notice = (key: string, fields: Fields) => put('TENDER_ANN_QUA_INQUERY_ANN', key, { NOTICE_NAME: '公告', ...fields });
const document = (key: string, fields: Fields) => put('TENDER_FILE_CLARI_MODI', key, { DOC_NAME: '文件', ...fields });
const [first, second, third] = ['20260901090000', '20260902090000', '20260903090000'];
const base = { LOT_CODE: 'L1', CATEGORY: 'construction', DIRECTION: 'PUBLIC_PAYS' };

describe('directives.graphql @deal: of several decisions the latest holds', () => {
  const one = award('W1', {
    BID_SECTION_CODE: 'L1',
    NOTICE_SEND_TIME: first,
    WIN_BIDDER_NAME: '甲公司',
    WIN_BIDDER_CODE: 'C1',
    BID_AMOUNT: '9',
    PRICE_UNIT: '1',
  });
  const two = award('W2', { BID_SECTION_CODE: 'L1', NOTICE_SEND_TIME: second, WIN_BIDDER_NAME: '乙公司' });

  test.each([[[one, two]], [[two, one]]])(
    'as a whole: a later award’s winner never stands with the earlier one’s code or price',
    async (order) => {
      const target = opened.system();
      await tell(target, ...order);
      expect(await dealOf(target, 'L1')).toEqual({
        ...base,
        STATE: 'AWARDED',
        DECIDED_AT: second,
        WINNER_NAME: '乙公司',
        RECORD_ID: 'AwardNotice W1',
      });
    },
  );

  test('a failed lot has no winner left, and tendered again it is awarded', async () => {
    const target = opened.system();
    await tell(target, one, end('A1', { BID_SECTION_CODE: 'L1', EXCEPITON_TYPE: '1', APPROVAL_TIME: second }));
    expect(await dealOf(target, 'L1')).toEqual({ ...base, STATE: 'FAILED', DECIDED_AT: second, RECORD_ID: 'AwardNotice W1' });
    await tell(target, award('W3', { BID_SECTION_CODE: 'L1', NOTICE_SEND_TIME: third, WIN_BIDDER_NAME: '丙公司' }));
    expect(await dealOf(target, 'L1')).toEqual({
      ...base,
      STATE: 'AWARDED',
      DECIDED_AT: third,
      WINNER_NAME: '丙公司',
      RECORD_ID: 'AwardNotice W1',
    });
  });

  test('withdrawn, it gives way to the one before', async () => {
    const target = opened.system();
    await tell(target, one, two, withdraw('WIN_RESULT_ANNO', 'W2'));
    expect(await dealOf(target, 'L1')).toMatchObject({
      DECIDED_AT: first,
      WINNER_NAME: '甲公司',
      WINNER_CODE: 'C1',
      PRICE: '9',
      PRICE_UNIT: '1',
    });
    await tell(target, withdraw('WIN_RESULT_ANNO', 'W1'));
    expect(await dealsOf(target)).toEqual([]);
  });

  test('an end of which no kind is told is an end', async () => {
    const target = opened.system();
    await tell(target, end('A1', { BID_SECTION_CODE: 'L1', APPROVAL_TIME: first }));
    expect(await dealOf(target, 'L1')).toMatchObject({ STATE: 'OTHER_END', DECIDED_AT: first });
  });

  test('a consortium is told once for each member, so that names and codes stay parallel', async () => {
    const target = opened.system();
    await tell(
      target,
      award('W', { BID_SECTION_CODE: 'L1', NOTICE_SEND_TIME: first, WIN_BIDDER_NAME: '联合体', WIN_BIDDER_CODE: 'C1;C2' }),
    );
    expect(await dealOf(target, 'L1')).toMatchObject({ WINNER_NAME: '联合体;联合体', WINNER_CODE: 'C1;C2' });
  });
});

describe('directives.graphql @deal: a row that names no lot speaks for all lots of its project', () => {
  const project = put('TENDER_PROJECT', 'P', {
    TENDER_PROJECT_CODE: 'P1',
    TENDER_PROJECT_NAME: '整个项目',
    REGION_CODE: '990100',
    TENDERER_NAME: '某局',
  });

  test('and what is told of the lot itself wins', async () => {
    const target = opened.system();
    await tell(
      target,
      section('S1', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODE: 'L1', BID_SECTION_NAME: '一标', REGION_CODE: '990200' }),
      section('S2', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODE: 'L2' }),
      notice('N', { TENDER_PROJECT_CODE: 'P1', BID_OPEN_TIME: first }),
      project,
    );
    expect((await dealsOf(target)).map(({ wire }) => wire)).toEqual([
      {
        ...base,
        STATE: 'PENDING',
        TITLE: '一标',
        REGION_CODE: '990200',
        PRINCIPAL_NAME: '某局',
        OPENS_AT: first,
        RECORD_ID: 'BidSection S1',
      },
      {
        ...base,
        LOT_CODE: 'L2',
        STATE: 'PENDING',
        TITLE: '整个项目',
        REGION_CODE: '990100',
        PRINCIPAL_NAME: '某局',
        OPENS_AT: first,
        RECORD_ID: 'BidSection S2',
      },
    ]);
  });

  test('also of lots that only an award names', async () => {
    const target = opened.system();
    await tell(target, award('W', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODE: 'L9' }));
    await tell(target, project);
    expect(await dealOf(target, 'L9')).toMatchObject({ PRINCIPAL_NAME: '某局', REGION_CODE: '990100' });
    await tell(target, withdraw('TENDER_PROJECT', 'P'));
    expect(await dealOf(target, 'L9')).not.toHaveProperty('PRINCIPAL_NAME');
  });

  test('a lot’s row without its own code says nothing of the others', async () => {
    const target = opened.system();
    await tell(target, section('S1', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODE: 'L1' }));
    await tell(target, section('S2', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_NAME: '无编号', CONTRACT_RECKON_PRICE: '5' }));
    expect((await dealsOf(target)).map(({ wire }) => wire)).toEqual([{ ...base, STATE: 'PENDING', RECORD_ID: 'BidSection S1' }]);
  });

  test('a project alone, or a bid alone, makes no deal', async () => {
    const target = opened.system();
    await tell(target, project, put('TENDER_LIST', 'B', { BID_SECTION_CODE: 'L1', TENDER_PROJECT_CODE: 'P1' }));
    expect(await dealsOf(target)).toEqual([]);
  });
});

describe('directives.graphql @deal: of all opening times the latest holds', () => {
  test.each([
    [
      'a postponement by a document',
      [notice('N', { BID_SECTION_CODES: 'L1', BID_OPEN_TIME: first }), document('D', { BID_SECTION_CODE: 'L1', POST_OPEN_TIME: third })],
    ],
    [
      'a postponement by a further notice',
      [notice('N', { BID_SECTION_CODES: 'L1', BID_OPEN_TIME: first }), notice('N2', { BID_SECTION_CODES: 'L1;L2', BID_OPEN_TIME: third })],
    ],
    [
      'the record of the opening',
      [
        notice('N', { BID_SECTION_CODES: 'L1', BID_OPEN_TIME: first }),
        put('BID_OPENING_RECORD', 'O', { BID_SECTION_CODES: 'L1', BID_OPENING_TIME: third }),
      ],
    ],
    [
      'another form of writing',
      [
        notice('N', { BID_SECTION_CODES: 'L1', BID_OPEN_TIME: third }),
        notice('N2', { BID_SECTION_CODES: 'L1', BID_OPEN_TIME: '2026-09-01 09:00:00' }),
      ],
    ],
    [
      'a prequalification’s own opening counts for nothing',
      [
        notice('N', { BID_SECTION_CODES: 'L1', BID_OPEN_TIME: third }),
        notice('N2', { BID_SECTION_CODES: 'L1', BULLETIN_TYPE: '2', BID_OPEN_TIME: '20270101000000' }),
      ],
    ],
  ])('%s', async (_, records) => {
    for (const order of [records, records.toReversed()]) {
      const target = opened.system();
      for (const record of order) await tell(target, record);
      expect(await dealOf(target, 'L1')).toMatchObject({ OPENS_AT: third });
    }
  });
});
