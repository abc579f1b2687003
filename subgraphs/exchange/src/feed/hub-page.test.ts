/** @see design/feed.md 5 to 7; schema/PROTOCOL.md 13 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { takePage } from '../journal/take-page.ts';
import { type TestExchange, entryOf, openTestExchange, pageOf, withdrawalOf } from '../testing/index.ts';

import { type HubPage, type HubPageRequest, readHubPage } from './hub-page.ts';

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange();
  const record = (key: string, position: number, version = 1): ReturnType<typeof entryOf> =>
    entryOf({ dataset: key < 'c' ? 'PROJECT' : 'SECTION', key, position, version, fields: { PROJECT_NAME: `${key}${version}` } });
  const gone = withdrawalOf({ dataset: 'SECTION', key: 'c', position: 5, version: 2, fields: {} });
  await takePage(exchange.store, pageOf('east', [record('a', 1), record('b', 2), record('c', 3), record('a', 4, 2), gone]));
  await takePage(
    exchange.store,
    pageOf('west', [entryOf({ dataset: 'PROJECT', key: 'a', categories: ['land'], fields: { PROJECT_NAME: '地' } })]),
  );
  await exchange.sequence();
});
afterAll(() => exchange[Symbol.asyncDispose]());

const page = (request: Partial<HubPageRequest> = {}): Promise<HubPage> => readHubPage(exchange.store, { first: 100, ...request });
const told = ({ entries }: HubPage): readonly string[] => entries.map(({ position, line }) => `${position} ${nameIn(line)}`);

describe('The hub’s feed', () => {
  test('has every accepted change in one dense order, page by page', async () => {
    const first = await page({ first: 4 });
    expect(told(first)).toEqual(['1 east PROJECT a 1', '2 east PROJECT b 1', '3 east SECTION c 1', '4 east PROJECT a 2']);
    expect(first).toMatchObject({ head: 6, snapshot: null, scanned: { from: 1, to: 4 }, more: true });
    const second = await page({ after: first.cursor });
    expect(told(second)).toEqual(['5 east SECTION c 2', '6 west PROJECT a 1']);
    const third = await page({ after: second.cursor });
    expect(third).toMatchObject({ scanned: { from: 7, to: 6 }, entries: [], more: false });
  });

  test('is told in part to who asks for systems, datasets or trades; the page is complete for what it scanned', async () => {
    expect(told(await page({ systems: ['west'] }))).toEqual(['6 west PROJECT a 1']);
    expect(told(await page({ datasets: ['SECTION'] }))).toEqual(['3 east SECTION c 1', '5 east SECTION c 2']);
    const land = await page({ categories: ['land'] });
    expect(told(land)).toEqual(['6 west PROJECT a 1']);
    expect(land.scanned).toEqual({ from: 1, to: 6 });
    await expect(page({ datasets: ['NONE'], categories: [`\0${'x'.repeat(5_000)}`] })).rejects.toMatchObject({
      code: 'FILTER_INVALID',
      message: `没有这样的数据集或交易类别：NONE、${'x'.repeat(79)}…。`,
    });
    await expect(page({ after: land.cursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  test('begins, for who wants it so, with what stands at a position, and goes on with the changes from the next one', async () => {
    const standing = await page({ snapshot: 3 });
    expect(told(standing)).toEqual(['1 east PROJECT a 1', '2 east PROJECT b 1', '3 east SECTION c 1']);
    expect(told(await page({ after: standing.cursor }))).toEqual(['4 east PROJECT a 2', '5 east SECTION c 2', '6 west PROJECT a 1']);
    expect(told(await page({ snapshot: true }))).toEqual(['2 east PROJECT b 1', '4 east PROJECT a 2', '6 west PROJECT a 1']);
    await expect(page({ snapshot: 7 })).rejects.toMatchObject({ code: 'QUERY_INVALID' });
  });
});

function nameIn(line: string): string {
  return /"system":"(\w+)".*"dataset":"(\w+)","key":"(\w+)","version":(\d+)/.exec(line)?.slice(1).join(' ') ?? line;
}
