/**
 * What gateways report is kept once, within bounds, and tells who uses a part of the schema.
 * @see README «使用 · Usage»
 */
import { openTestDatabase } from '@hub/kit/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openRegistryStore, type RegistryStore } from '../store/open-store.ts';
import { keepReport, usualBounds } from './keep-report.ts';
import { readReport, type ReportedOperation } from './read-report.ts';
import { usedCoordinates } from './used-coordinates.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-23T04:00:00Z');
const since = new Date(nowMs - 30 * dayMs);
let opened: AsyncDisposableStack;
let store: RegistryStore;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  const database = opened.use(await openTestDatabase());
  store = opened.use(await openRegistryStore(database.url));
});
afterEach(() => opened.disposeAsync());

const titles = { text: '{ notices { nodes { title } } }', fields: ['Query.notices', 'Notice.title'], given: [] };
const names = { text: '{ deals { nodes { name } } }', fields: ['Query.deals', 'Deal.name'], given: ['DealFilter.code'] };
const sent = (operation: Omit<ReportedOperation, 'counts'>, client: string, requests: number, agoDays = 0): ReportedOperation => ({
  ...operation,
  counts: [{ hour: new Date(nowMs - agoDays * dayMs), client, requests, errors: 0 }],
});
const keep = async (operations: readonly ReportedOperation[], bounds = usualBounds, atMs = nowMs): Promise<void> => {
  const read = readReport({ run: 'a-run-of-a-gateway', batch: 1, operations }, atMs);
  await store.write((em) => keepReport(em, { operations: read, nowMs: atMs, bounds }));
};
const used = (...coordinates: readonly string[]) => store.read((em) => usedCoordinates(em, coordinates, { since }));

describe('usedCoordinates', () => {
  test('tells operations, clients, requests and the last day; a type is used by whoever uses a part of it', async () => {
    await keep([sent(titles, 'hall', 5, 3), sent(names, 'audit', 2)]);
    await keep([sent(titles, 'hall', 1), sent(titles, 'audit', 1)]);
    const byTitle = {
      operations: 1,
      clients: ['hall', 'audit'],
      clientCount: 2,
      requests: 7,
      lastDay: '2026-11-23',
      examples: [titles.text],
    };
    const byCode = { operations: 1, clients: ['audit'], clientCount: 1, requests: 2, lastDay: '2026-11-23', examples: [names.text] };
    expect(await used('Notice.title', 'Notice', 'Notice.code', 'Not', 'DealFilter.code')).toEqual(
      new Map([
        ['DealFilter.code', byCode],
        ['Notice', byTitle],
        ['Notice.title', byTitle],
      ]),
    );
    expect(await used()).toEqual(new Map());
  });

  test('counts what variables used only when they did of late', async () => {
    const old = { ...names, given: ['DealFilter.title'] };
    await store.write(async (em) => {
      const atMs = nowMs - 60 * dayMs;
      await keepReport(em, {
        operations: readReport({ run: 'another-run-of-one', batch: 1, operations: [sent(old, 'audit', 1, 60)] }, atMs),
        nowMs: atMs,
      });
    });
    expect(await used('Deal.name')).toEqual(new Map());
    await keep([sent(names, 'audit', 1)]);
    expect([...(await used('Deal.name', 'DealFilter.code', 'DealFilter.title')).keys()]).toEqual(['Deal.name', 'DealFilter.code']);
  });
});

describe('Bounds', () => {
  test('operations there is no room for are kept together, with what they use', async () => {
    await keep([sent(titles, 'hall', 1), sent(names, 'hall', 2)], { ...usualBounds, operations: 1 });
    const found = await used('Notice.title', 'Deal.name', 'DealFilter.code');
    expect([...found].map(([coordinate, { examples, requests }]) => [coordinate, examples, requests])).toEqual([
      ['Deal.name', ['OTHER'], 2],
      ['DealFilter.code', ['OTHER'], 2],
      ['Notice.title', [titles.text], 1],
    ]);
  });

  test('so are clients; what was sent long ago counts for the first day that is taken', async () => {
    await keep([sent(titles, 'one', 1), sent(titles, 'two', 1), sent(titles, 'three', 1)], { ...usualBounds, clientsPerDay: 2 });
    await keep([sent(names, 'one', 1, 300)]);
    const found = await used('Notice.title', 'Deal.name');
    expect(found.get('Notice.title')?.clients).toEqual(['OTHER', 'one', 'two']);
    expect(found.get('Deal.name')?.lastDay).toBe('2026-11-09');
  });

  test('what nobody sent for 400 days is gone', async () => {
    await keep([sent(titles, 'hall', 1)], usualBounds, nowMs - 401 * dayMs);
    await keep([sent(names, 'hall', 1)]);
    const tables = ['registry_operation', 'registry_operation_field', 'registry_usage'];
    const counts = await store.read((em) =>
      Promise.all(tables.map((table) => em.execute<{ count: number }[]>(`select count(*)::integer from ${table}`))),
    );
    expect(counts.flat()).toEqual([{ count: 1 }, { count: 3 }, { count: 1 }]);
  });
});
