import { HubError } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { type BoardRow, dealsOf, noticesOf } from '../testing/test-board.ts';
import { accept, put, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import { toyTrade, withBoard } from '../testing/toy-trade.ts';

import type { Incoming } from './accept-records.ts';
import { joinWires } from './board-mapping.ts';

let [opened, toys]: TestStore[] = [];
beforeAll(async () => {
  [opened, toys] = [await openTestStore(), await openTestStore({ contracts: withBoard(toyTrade) })];
});
afterAll(async () => {
  for (const store of [opened, toys]) await store?.[Symbol.asyncDispose]();
});

function systemOf(store: TestStore | undefined): SystemStore {
  if (store === undefined) throw new TypeError('not open');
  return store.system();
}

/** Without the times of receipt, which tell when a row was derived. */
async function boardOf(target: SystemStore): Promise<unknown> {
  return { deals: untimed(await dealsOf(target)), notices: untimed(await noticesOf(target)) };
}

function untimed(rows: readonly BoardRow[]): readonly Omit<BoardRow, 'received'>[] {
  return rows.map(({ key, origin, wire, region, place }) => ({ key, origin, wire, region, place }));
}

async function give(target: SystemStore, batches: readonly (readonly Incoming[])[]): Promise<void> {
  for (const batch of batches) await accept(target, batch);
}

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** A field that may be absent. */
const maybe = (code: string, ...values: readonly string[]): fc.Arbitrary<Record<string, string>> =>
  pick(undefined, ...values).map((value): Record<string, string> => (value === undefined ? {} : { [code]: value }));
const joined = (...parts: readonly fc.Arbitrary<Record<string, string>>[]): fc.Arbitrary<Record<string, string>> =>
  fc.tuple(...parts).map((all) => joinWires(all));

const times = ['20260901090000', '20260902090000', '20260903090000'] as const;
const [project, lot] = [maybe('TENDER_PROJECT_CODE', 'P1', 'P2', 'p2'), maybe('BID_SECTION_CODE', 'L1', 'L2', 'l2', 'L3')];
const lots = maybe('BID_SECTION_CODES', 'L1', 'L2;L3', 'L3;L4', ';');
const [region, place] = [maybe('REGION_CODE', '990100', '990200'), maybe('TRA_PLACE_CODE', '990300', '990400')];
const sent = maybe('DATA_TIMESTAMP', '20261001000000');
const platform = maybe('PLATFORM_CODE', 'Y1000000TEST00001A', 'SOMEBODY ELSE');

type Contents = Readonly<Record<string, fc.Arbitrary<Record<string, string>>>>;

const works: Contents = {
  TENDER_PROJECT: joined(project, region, maybe('TENDERER_NAME', '甲局', '乙局'), maybe('TENDER_PROJECT_NAME', '项目一'), sent, platform),
  SECTION: joined(
    project,
    lot,
    region,
    place,
    maybe('BID_SECTION_NAME', '一标', '二标'),
    maybe('CONTRACT_RECKON_PRICE', '1.5', '20'),
    platform,
  ),
  TENDER_ANN_QUA_INQUERY_ANN: joined(
    project,
    lots,
    maybe('NOTICE_NAME', '公告'),
    maybe('BID_OPEN_TIME', ...times),
    maybe('BULLETIN_TYPE', '1', '2'),
  ),
  WIN_RESULT_ANNO: joined(
    fc.tuple(project, lot, region).map((parts) => joinWires(parts)),
    maybe('NOTICE_SEND_TIME', ...times),
    maybe('WIN_BIDDER_NAME', '甲公司', '乙公司'),
    maybe('WIN_BIDDER_CODE', 'C1', 'C1;C2'),
    maybe('BID_AMOUNT', '7', '8'),
    maybe('NOTICE_NAME', '结果'),
  ),
  TENDER_ABNORMITY_REPORT: joined(
    project,
    lot,
    maybe('EXCEPITON_TYPE', '1', '2'),
    maybe('APPROVAL_TIME', ...times),
    maybe('EXCEPITON_NAME', '流标'),
  ),
  TENDER_LIST: joined(project, lot, maybe('BIDDER_NAME', '甲公司', '乙公司')),
  // A notice that tells nothing of a deal.
  TENDER_CANDIDATE_ANNOUNCE: joined(project, lots, maybe('PUBLICITY_NAME', '公示'), maybe('NOTICE_NAME', '公示')),
  BOARD_DEAL: joined(
    pick({ CATEGORY: 'construction', DIRECTION: 'PUBLIC_PAYS', STATE: 'PENDING' }),
    pick({ LOT_CODE: 'L1' }, { LOT_CODE: 'L3' }),
    region,
  ),
};

const [toyProject, toyLot] = [maybe('PROJECT', 'P1', 'P2'), maybe('LOT', '1', '2', 'P1')];
const toyLots = maybe('LOTS', '1', '1;2', 'P1;2', ';');
const days = maybe('SOLD', '20260901', '20260902', '20260903');
const [winner, amount] = [
  joined(maybe('WINNER', '甲公司', '乙公司'), maybe('WINNER_CODE', 'C1', 'C2')),
  joined(maybe('PRICE', '1.1', '7'), maybe('PRICE_UNIT', '0', '1'), maybe('PRICE_FORM', '1', '3')),
];

/** Lots named within their project, decisions in parts, decisions that give way, categories of a record's own. */
const toyContents: Contents = {
  TOY_LOT: joined(toyProject, toyLot, maybe('REGION', '990100', '990200'), maybe('TITLE', '一'), amount),
  TOY_NOTICE: joined(toyProject, toyLots, maybe('TITLE', '公告'), maybe('CATEGORY', 'construction', 'tea'), maybe('OPENS', ...times)),
  TOY_BID: joined(toyProject, toyLot),
  TOY_RESULT: joined(toyProject, toyLot, winner, amount, joined(days, maybe('KIND', '0', '1'), maybe('BIDDERS', '3'))),
  TOY_REPORT: joined(toyProject, toyLot, days),
  TOY_SHARE: joined(toyProject, toyLot, winner, amount, days),
  TOY_REGISTRATION: joined(toyProject, toyLot, winner, days, maybe('KIND', '0', '1')),
};

function eventOf(contents: Contents): fc.Arbitrary<Incoming> {
  return fc
    .record({ dataset: pick(...Object.keys(contents)), key: pick('1', '2', '3'), gone: fc.nat(5) })
    .chain(({ dataset, key, gone }) => {
      const fields = contents[dataset];
      if (fields === undefined) throw new HubError('INTERNAL', { zh: dataset, en: dataset });
      return gone === 0 ? fc.constant(withdraw(dataset, key)) : fields.map((content) => put(dataset, key, content));
    });
}

const cut = <T>(items: readonly T[], sizes: readonly number[]): readonly (readonly T[])[] => {
  const batches: T[][] = [];
  let at = 0;
  for (let turn = 0; at < items.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    batches.push(items.slice(at, at + size));
    at += size;
  }
  return batches;
};

/** What is left of a history: the last of each record. */
function standing(history: readonly Incoming[]): readonly Incoming[] {
  const last = new Map<string, Incoming>();
  for (const incoming of history) last.set(`${incoming.record.dataset} ${incoming.record.dataKey}`, incoming);
  return [...last.values()].filter(({ record }) => record.op === 'put');
}

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
const numRuns = process.env['HUB_SIZES'] === 'full' ? 1_000 : 40;

describe('graph.md «Sketch»: the board is what the records say now', () => {
  test.each([
    ['whatever was said before, however it was cut into batches, and in whatever order the rest came', works, () => opened],
    ['also where lots are named within projects and decisions come in parts', toyContents, () => toys],
  ])('%s', { timeout: 900_000 }, async (_, contents, store) => {
    const history = fc.array(eventOf(contents), { minLength: 1, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(history, sizes, sizes, fc.infiniteStream(fc.nat()), async (events, before, after, dice) => {
        const [lived, fresh] = [systemOf(store()), systemOf(store())];
        await give(lived, cut(events, before));
        const left = standing(events).map((record) => ({ record, weight: dice.next().value ?? 0 }));
        const shuffled = left.toSorted((a, b) => a.weight - b.weight).map(({ record }) => record);
        await give(fresh, cut(shuffled, after));
        expect(await boardOf(lived)).toEqual(await boardOf(fresh));
      }),
      { numRuns },
    );
  });

  test('one lot’s life in every order of arrival', { timeout: 900_000 }, async () => {
    const life = [
      put('TENDER_PROJECT', 'P', { TENDER_PROJECT_CODE: 'P1', TENDER_PROJECT_NAME: '项目', REGION_CODE: '990100', TENDERER_NAME: '某局' }),
      put('SECTION', 'S', { TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODE: 'L1', BID_SECTION_NAME: '一标', TRA_PLACE_CODE: '990200' }),
      put('TENDER_ANN_QUA_INQUERY_ANN', 'N', { TENDER_PROJECT_CODE: 'P1', NOTICE_NAME: '公告', BID_OPEN_TIME: times[0] }),
      put('TENDER_LIST', 'B1', { BID_SECTION_CODE: 'L1', BIDDER_NAME: '甲公司' }),
      put('TENDER_LIST', 'B2', { BID_SECTION_CODE: 'L1', BIDDER_NAME: '乙公司' }),
      put('WIN_RESULT_ANNO', 'W', { BID_SECTION_CODE: 'L1', NOTICE_NAME: '结果', WIN_BIDDER_NAME: '甲公司', NOTICE_SEND_TIME: times[1] }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(life, { minLength: life.length }), sizes, async (order, sizes) => {
        const target = systemOf(opened);
        await give(target, cut(order, sizes));
        expect(untimed(await dealsOf(target))).toEqual([
          {
            key: 'construction:L1',
            origin: 'ORIGINAL',
            region: '990100',
            place: '990200',
            wire: {
              LOT_CODE: 'L1',
              CATEGORY: 'construction',
              DIRECTION: 'PUBLIC_PAYS',
              TITLE: '一标',
              REGION_CODE: '990100',
              TRA_PLACE_CODE: '990200',
              PRINCIPAL_NAME: '某局',
              OPENS_AT: times[0],
              WINNER_NAME: '甲公司',
              DECIDED_AT: times[1],
              STATE: 'AWARDED',
              BIDDER_COUNT: '2',
              RECORD_ID: 'BidSection S',
            },
          },
        ]);
        expect((await noticesOf(target)).map(({ key, region, place }) => [key, region, place])).toEqual([
          ['TENDER_ANN_QUA_INQUERY_ANN:N', '990100', '990200'],
          ['WIN_RESULT_ANNO:W', '990100', '990200'],
        ]);
      }),
      { numRuns: Math.min(numRuns, 60) },
    );
  });
});
