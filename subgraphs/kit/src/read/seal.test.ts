import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { stopClock } from '../testing/test-clock.ts';
import { put, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import type { Incoming } from '../write/accept-records.ts';

import { countRows } from './page.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;
const [before, at] = ['2026-09-02T00:59:59.999Z', '2026-09-02T01:00:00.000Z'];
const [earlier, now, later] = ['20260901090000', '20260902090000', '20260903090000'];
const opening = (key: string, lots: string, time: string): Incoming =>
  put('TENDER_ANN_QUA_INQUERY_ANN', key, { NOTICE_NAME: '公告', BID_SECTION_CODES: lots, BID_OPEN_TIME: time });
const award = (key: string, lot: string, time: string): Incoming =>
  put('WIN_RESULT_ANNO', key, { NOTICE_NAME: '结果', BID_SECTION_CODE: lot, NOTICE_SEND_TIME: time });
const failure = (key: string, lot: string, time: string): Incoming =>
  put('TENDER_ABNORMITY_REPORT', key, { EXCEPITON_NAME: '流标', BID_SECTION_CODE: lot, EXCEPITON_TYPE: '1', APPROVAL_TIME: time });
const bid = (fields: Fields): Incoming => put('TENDER_LIST', 'B', fields);
const application = (lots: string): Incoming => put('QUALI_INQUERY_APP_FILE', 'Q', { BID_SECTION_CODES: lots });
const evaluator = put('BID_EVALUATION_EXPERT', 'E', { BID_SECTION_CODE: 'L1' });

async function counted({ store, system }: SystemStore, type: string, instant: string): Promise<number> {
  const dataset = store.byType.get(type)?.dataset;
  if (dataset === undefined) throw new RangeError(type);
  await stopClock(store.db, instant);
  return countRows(store.db, dataset, { system: system.code, filter: undefined });
}

/** How many rows may be read a millisecond before `at`, and then. */
async function around(type: string, ...records: readonly Incoming[]): Promise<readonly number[]> {
  const target = opened.system();
  for (const record of records) await tell(target, record);
  return [await counted(target, type, before), await counted(target, type, at)];
}

const opens = [0, 1];
const sealed = [0, 0];
const open = [1, 1];

describe('graph.md «Who sees what»: sealed until OPENING', () => {
  test.each<[string, readonly number[], string, readonly Incoming[]]>([
    ['opens with its lot', opens, 'Bid', [opening('N', 'L1', now), bid({ BID_SECTION_CODE: 'L1' })]],
    ['whatever the case of the code', opens, 'Bid', [opening('N', 'l1', now), bid({ BID_SECTION_CODE: 'L1' })]],
    [
      'of a postponed opening with the latest time',
      sealed,
      'Bid',
      [opening('N', 'L1', now), opening('N2', 'L1', later), bid({ BID_SECTION_CODE: 'L1' })],
    ],
    ['told as a day, opens when the day is over', open, 'Bid', [opening('N', 'L1', '20260901'), bid({ BID_SECTION_CODE: 'L1' })]],
    ['told as a day, not during the day', sealed, 'Bid', [opening('N', 'L1', '2026年9月2日'), bid({ BID_SECTION_CODE: 'L1' })]],
    [
      'stays sealed while no opening is known',
      sealed,
      'Bid',
      [put('SECTION', 'S', { BID_SECTION_CODE: 'L1' }), bid({ BID_SECTION_CODE: 'L1' })],
    ],
    ['stays sealed while its lot is not known', sealed, 'Bid', [bid({ BID_SECTION_CODE: 'L1' })]],
    ['stays sealed when it names no lot', sealed, 'Bid', [opening('N', 'L1', earlier), bid({ BIDDER_NAME: '甲公司' })]],
    ['opens with the award where no opening is on record', opens, 'Bid', [award('W', 'L1', now), bid({ BID_SECTION_CODE: 'L1' })]],
    [
      'is not opened by an award told as a day before the day is over',
      sealed,
      'Bid',
      [award('W', 'L1', '20260902'), bid({ BID_SECTION_CODE: 'L1' })],
    ],
    ['is not opened by the lot’s failure', sealed, 'Bid', [failure('A', 'L1', earlier), bid({ BID_SECTION_CODE: 'L1' })]],
    [
      'is sealed again when the opening is withdrawn',
      sealed,
      'Bid',
      [opening('N', 'L1', earlier), bid({ BID_SECTION_CODE: 'L1' }), withdraw('TENDER_ANN_QUA_INQUERY_ANN', 'N')],
    ],
    [
      'of several lots, when all have opened',
      opens,
      'PrequalificationApplication',
      [opening('N', 'L1', earlier), opening('N2', 'L2', now), application('L1;L2')],
    ],
    [
      'of several lots, not while one is still to open',
      sealed,
      'PrequalificationApplication',
      [opening('N', 'L1', earlier), opening('N2', 'L2', later), application('L1;L2')],
    ],
    [
      'of several lots, not while one is not known',
      sealed,
      'PrequalificationApplication',
      [opening('N', 'L1', earlier), application('L1;L2')],
    ],
    [
      'of lots in a list that nobody can read',
      sealed,
      'PrequalificationApplication',
      [opening('N', 'L1', earlier), application(`L1;${'L2，'.repeat(200)}`)],
    ],
    ['of no lot, never', sealed, 'PrequalificationApplication', [opening('N', 'L1', earlier), application(';')]],
    [
      'of a lot with several deals of the system’s own, with the latest',
      sealed,
      'Bid',
      [earlier, later]
        .map((time) =>
          put('BOARD_DEAL', time, { LOT_CODE: 'L1', CATEGORY: 'construction', DIRECTION: 'PUBLIC_PAYS', STATE: 'PENDING', OPENS_AT: time }),
        )
        .concat(bid({ BID_SECTION_CODE: 'L1' })),
    ],
  ])('%s', async (_, expected, type, records) => {
    expect(await around(type, ...records)).toEqual(expected);
  });
});

describe('graph.md «Who sees what»: sealed until RESULT', () => {
  test.each<[string, readonly number[], readonly Incoming[]]>([
    ['opens with the award', opens, [opening('N', 'L1', earlier), award('W', 'L1', now), evaluator]],
    ['opens with a failure after the opening', opens, [opening('N', 'L1', earlier), failure('A', 'L1', now), evaluator]],
    ['opens with a result of a lot whose opening is not on record', opens, [award('W', 'L1', now), evaluator]],
    [
      'told as a day, opens when the day is over, though the opening was at an hour of it',
      open,
      [opening('N', 'L1', '20260901103000'), award('W', 'L1', '20260901'), evaluator],
    ],
    ['told as a day, not during the day', sealed, [opening('N', 'L1', earlier), award('W', 'L1', '20260902'), evaluator]],
    ['is not opened by the opening', sealed, [opening('N', 'L1', earlier), evaluator]],
    [
      'of a lot tendered again, by the new result only',
      sealed,
      [opening('N', 'L1', '20260801090000'), failure('A', 'L1', '20260805090000'), opening('N2', 'L1', earlier), evaluator],
    ],
    [
      'of a lot awarded again, by the new award',
      open,
      [
        opening('N', 'L1', '20260801090000'),
        award('W', 'L1', '20260805090000'),
        opening('N2', 'L1', '20260806090000'),
        award('W2', 'L1', '20260807090000'),
        evaluator,
      ],
    ],
  ])('%s', async (_, expected, records) => {
    expect(await around('Evaluator', ...records)).toEqual(expected);
  });
});
