/**
 * A search portal that lies: whatever it does, the records are those it has, or the round fails and says why; nothing is
 * withdrawn on its word alone.
 * @see subgraphs/bridge/README.md «门户 · Portals»
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type BridgeWorld, openBridgeWorld, runOnce, standingIn } from '../support/bridge-world.ts';
import { type LyingPortal, openLyingPortal } from '../support/lying-portal.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-09-15T12:00:00+08:00');

let world: BridgeWorld;
let portal: LyingPortal;

beforeAll(async () => void (world = await openBridgeWorld()));
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.nextSystem();
  portal = await openLyingPortal();
});
afterEach(() => portal[Symbol.asyncDispose]());

const mapping = (call: object = {}, tries = 4): object => ({
  version: 1,
  bridge: 'portal',
  system: 'xingcheng',
  source: {
    kind: 'portal',
    url: portal.url,
    perMinute: 60_000,
    pauseSeconds: 0.001,
    tries,
    published: { name: '某门户', link: 'detail.url' },
    calls: {
      notices: {
        since: '2026-09-01',
        windowDays: 7,
        list: {
          method: 'POST',
          path: '/search',
          body: { type: 'trading', from: '{from}', to: '{to}', pageNo: '{page}', pageSize: '{size}' },
          ok: { at: 'errcode', is: ['0'] },
          rows: 'data.pageData',
          total: 'data.total',
          pageSize: 10,
        },
        detail: { path: '/detail', query: { id: '{row.noticeId}' }, at: 'data', ok: { at: 'errcode', is: ['0'] } },
        pairs: { at: 'groups.*.list.*', code: 'code', value: 'value' },
        ...call,
      },
    },
  },
  datasets: [
    {
      dataset: 'BOARD_NOTICE',
      from: 'notices',
      key: ['noticeId'],
      fields: {
        TITLE: { from: ['pairs.TENDER_PROJECT_NAME', 'title'] },
        CATEGORY: { value: 'construction' },
        STAGE: { value: 'TENDER' },
        LOT_CODES: 'pairs.BID_SECTION_CODE',
        PUBLISHED_AT: { from: 'publishTime', as: 'time', formats: ['yyyy-MM-dd HH:mm:ss'] },
      },
    },
  ],
});
const run = (more: object = {}) => runOnce(world, { mapping: mapping(), nowMs, ...more });
/** Rows in the middle of September, some at one second. */
const fill = (count: number): void => {
  for (let n = 1; n <= count; n += 1) {
    const second = String(Math.floor(n / 2) % 60).padStart(2, '0');
    const day = String(1 + (n % 14)).padStart(2, '0');
    portal.rows.push({ noticeId: `n${String(n).padStart(4, '0')}`, title: `公告${n}`, publishTime: `2026-09-${day} 09:00:${second}` });
  }
};
const standing = async (): Promise<readonly string[]> => Object.keys(await standingIn(world));
const all = (): readonly string[] => portal.rows.map(({ noticeId }) => noticeId).toSorted();

test('list and detail become one record; what is published says where', async () => {
  fill(1);
  expect((await run()).count).toMatchObject({ read: 1, stored: 1, refused: 0 });
  expect(await standingIn(world)).toEqual({
    n0001: { TITLE: '公告1', CATEGORY: 'construction', STAGE: 'TENDER', LOT_CODES: 'L-1;L-2', PUBLISHED_AT: '20260902090000' },
  });
  const sources = await world.sql`select source from notice where system = ${world.target.system.code}`;
  expect(sources[0]?.['source']).toEqual({ kind: 'PUBLISHED', name: '某门户' });
});

describe('lies', () => {
  test('a window that is cut silently is split until it is whole', async () => {
    fill(120);
    portal.lies = { mostRows: 15 };
    expect((await run()).count).toMatchObject({ stored: 120 });
    expect(await standing()).toEqual(all());
  });

  test('pages that repeat the first one are found out by the total', async () => {
    fill(60);
    portal.lies = { repeatPages: true };
    expect((await run()).count).toMatchObject({ stored: 60 });
    expect(await standing()).toEqual(all());
  });

  test('errors, HTML as 200, a busy code, 429 and dropped connections are tried again', async () => {
    fill(30);
    portal.lies = { faults: ['500', 'html', 'drop', '429', 'busy', '500'] };
    expect((await run({ mapping: mapping({}, 8) })).count).toMatchObject({ stored: 30 });
  });

  test('a total that changes while the pages are read has the window read again', async () => {
    fill(25);
    portal.lies = { totals: [25, 26, 27] };
    expect((await run({ mapping: mapping({ windowDays: 30 }) })).count).toMatchObject({ stored: 25 });
  });

  test('one that always tells of more than it gives fails the round, with both figures; nothing is withdrawn', async () => {
    fill(20);
    await run();
    portal.lies = { mostRows: 0 };
    await expect(run({ nowMs: nowMs + dayMs })).rejects.toMatchObject({
      code: 'SYSTEM_FAILED',
      message: expect.stringMatching(/报告有 \d 行，却只给出 0 行/),
    });
    expect(await standing()).toEqual(all());
  });

  test('one that is down fails the round with the last reason', async () => {
    portal.lies = { faults: ['500', '500', '500', 'html'] };
    await expect(run()).rejects.toMatchObject({ code: 'SYSTEM_FAILED', message: expect.stringContaining('试了 4 次') });
  });
});

describe('what follows', () => {
  test('later rounds ask for the last days only; what changed there arrives, what is gone is withdrawn by the next comparison', async () => {
    fill(40);
    await run();
    const asked = portal.asked.length;
    portal.rows.push({ noticeId: 'n9', title: '新', publishTime: '2026-09-15 13:00:00' });
    const kept = portal.rows.splice(10, 1);
    expect((await run({ nowMs: nowMs + dayMs / 8 })).count).toMatchObject({ stored: 1, withdrawn: 0 });
    expect(portal.asked.length - asked).toBeLessThan(20);
    expect((await run({ nowMs: nowMs + dayMs })).count).toMatchObject({ stored: 0, withdrawn: 1 });
    expect(await standing()).not.toContain(kept[0]?.noticeId);
  });

  test('ended in its midst, the next round begins with the window that was not finished', async () => {
    fill(40);
    const ending = new AbortController();
    await run({ signal: ending.signal, onProgress: () => ending.abort() });
    const asked = portal.asked.filter((path) => path === '/api/detail').length;
    await run();
    expect(portal.asked.filter((path) => path === '/api/detail')).toHaveLength(40);
    expect(asked).toBeLessThan(40);
    expect(await standing()).toEqual(all());
  });
});
