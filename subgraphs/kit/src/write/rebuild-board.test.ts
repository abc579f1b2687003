import type { Contract, Dataset } from '@hub/schema';
import { CodeLists, law } from '@hub/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { type Store, openStore } from '../store/store.ts';
import { type BoardRow, dealsOf, noticesOf } from '../testing/test-board.ts';
import { accept, put } from '../testing/test-records.ts';
import { type TestStore, openTestStore, tradingContracts } from '../testing/test-store.ts';

import { rebuildBoard } from './rebuild-board.ts';

const later = '2026-11-20T00:00:00.000000Z';
const lawful = law()
  .contracts.map(({ contract }) => contract)
  .filter(({ name }) => tradingContracts.includes(name));

/** Contracts that tell the board otherwise: no qualification notices, results under another stage, no price, sections titled by their code. */
const otherwise = lawful.map((contract) => ({ ...contract, datasets: contract.datasets.map(alter) }));

function alter({ notice, deal, ...dataset }: Dataset): Dataset {
  if (dataset.code === 'TENDER_ANN_QUA_INQUERY_ANN') return { ...dataset, notice: undefined, deal };
  if (dataset.code === 'WIN_RESULT_ANNO') {
    const { price: _, ...rest } = deal ?? {};
    return { ...dataset, notice: notice && { ...notice, stage: 'CONTRACT' }, deal: rest };
  }
  if (dataset.code === 'SECTION') return { ...dataset, notice, deal: deal && { ...deal, title: 'code' } };
  return { ...dataset, notice, deal };
}

const records = [
  put('TENDER_PROJECT', 'P', { TENDER_PROJECT_CODE: 'P1', REGION_CODE: '990100', TENDER_PROJECT_NAME: '项目一' }),
  put('SECTION', 'L1', { BID_SECTION_CODE: 'L1', TENDER_PROJECT_CODE: 'P1', BID_SECTION_NAME: '一标' }),
  put('TENDER_ANN_QUA_INQUERY_ANN', 'N', { NOTICE_NAME: '公告', TENDER_PROJECT_CODE: 'P1', BID_SECTION_CODES: 'L1' }),
  put('WIN_RESULT_ANNO', 'W', { NOTICE_NAME: '结果', BID_SECTION_CODE: 'L1', WIN_BIDDER_NAME: '甲公司', BID_AMOUNT: '7' }),
  put('TENDER_ABNORMITY_REPORT', 'A', { EXCEPITON_NAME: '流标', BID_SECTION_CODE: 'L1', APPROVAL_TIME: '20260901090000' }),
  put('BOARD_NOTICE', 'own', { TITLE: '自报的公告', CATEGORY: 'construction', STAGE: 'TENDER' }),
  put('BOARD_DEAL', 'L9', { LOT_CODE: 'L9', CATEGORY: 'construction', DIRECTION: 'PUBLIC_PAYS', STATE: 'PENDING' }),
];

let opened: TestStore;
beforeAll(async () => void (opened = await openTestStore()));
afterAll(() => opened[Symbol.asyncDispose]());

test('a board that the contracts tell otherwise is made again as if the records had just come, and only once', async () => {
  await using other = await storeOf(otherwise);
  const [target, fresh] = [opened.system(), opened.system()];
  await accept(target, records);
  expect(await rebuildBoard(target, later)).toBe(true);
  const before = await boardOf(target);
  await accept({ ...fresh, store: other }, records);

  expect(await rebuildBoard({ ...target, store: other }, later)).toBe(true);
  const after = await boardOf(target);
  expect(untimed(after)).toEqual(untimed(await boardOf(fresh)));
  expect(untimed(after)).not.toEqual(untimed(before));
  expect(await rebuildBoard({ ...target, store: other }, later)).toBe(false);

  expect(await rebuildBoard(target, later)).toBe(true);
  expect(untimed(await boardOf(target))).toEqual(untimed(before));
});

test('a row that says what it said is not touched, and what the system sent itself stays', async () => {
  await using other = await storeOf(otherwise);
  const target = opened.system();
  await accept(target, records);
  await rebuildBoard({ ...target, store: other }, later);
  const received = (await boardOf(target)).map(({ key, received }) => [key, received.slice(0, 10)]);
  expect(received).toEqual([
    ['L9', '2026-11-01'],
    ['TENDER_ABNORMITY_REPORT:A', '2026-11-01'],
    ['WIN_RESULT_ANNO:W', '2026-11-20'],
    ['construction:L1', '2026-11-20'],
    ['own', '2026-11-01'],
  ]);
});

test('a contract and its category make again the boards of the systems that serve it, and no others', async () => {
  const land = law().contracts.flatMap(({ contract }) => (contract.name === 'land' ? [contract] : []));
  await using other = await storeOf([...lawful, ...land]);
  const target = opened.system();
  await accept(target, records.slice(0, 2));
  const without = target.codes.all().map((list) => ({ ...list, values: list.values.filter(({ code }) => code !== 'land') }));
  await rebuildBoard({ ...target, codes: new CodeLists(without) }, later);
  expect(await rebuildBoard({ ...target, store: other }, later)).toBe(false);
  const system = { ...target.system, contracts: [...target.system.contracts, 'land'] };
  expect(await rebuildBoard({ ...target, store: other, system }, later)).toBe(true);
});

test('a system without records is not gone through', async () => {
  const target = opened.system();
  expect(await rebuildBoard(target, later)).toBe(false);
});

function storeOf(contracts: readonly Contract[]): Promise<Store> {
  return openStore({ url: opened.url, contracts, poolSize: 2 });
}

async function boardOf(target: SystemStore): Promise<readonly BoardRow[]> {
  const rows = [...(await dealsOf(target)), ...(await noticesOf(target))];
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function untimed(rows: readonly BoardRow[]): readonly Omit<BoardRow, 'received'>[] {
  return rows.map(({ key, origin, wire, region, place }) => ({ key, origin, wire, region, place }));
}
