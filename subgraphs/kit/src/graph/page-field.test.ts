import { decodeSystemCursor, encodeRecordId } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestGraph, serveTestGraph } from '../testing/test-graph.ts';
import { accept, put } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

import type { SystemStore } from './context.ts';

const rows = 103;
let opened: TestStore;
let target: SystemStore;
let graph: TestGraph;
beforeAll(async () => {
  opened = await openTestStore();
  target = opened.system();
  graph = await serveTestGraph(target);
  const fields = { TITLE: '公告', CATEGORY: 'construction', STAGE: 'TENDER' };
  // The last ones tell no time: they come last in both directions.
  const timed = (place: number) => (place < 100 ? { PUBLISHED_AT: `202608010900${String(place % 60).padStart(2, '0')}` } : {});
  await accept(
    target,
    Array.from({ length: rows }, (_, place) => put('BOARD_NOTICE', `N${place}`, { ...fields, ...timed(place) })),
  );
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});

const query = `query ($first: Int!, $after: String, $order: NoticeOrder!) {
  notices(first: $first, after: $after, order: $order) {
    totalCount
    edges { cursor late node { id } }
    nodes { id publishedAt }
    pageInfo { hasNextPage endCursor }
    coverage { complete answered { code name } missing { reason } retryAfterMs }
  }
}`;

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly late: boolean; readonly node: { readonly id: string } }[];
  readonly nodes: readonly { readonly id: string; readonly publishedAt: string | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly coverage: unknown;
}

async function readPage(first: number, after: string | null, order = 'PUBLISHED_DESC'): Promise<Page> {
  const { data } = await graph.ask(query, { first, after, order });
  const page = data?.['notices'];
  if (!isPage(page)) throw new TypeError('no page');
  return page;
}

function isPage(page: unknown): page is Page {
  return typeof page === 'object' && page !== null && 'nodes' in page;
}

describe('graph.md «Shape»: a list of a system', () => {
  test.each(['PUBLISHED_DESC', 'PUBLISHED_ASC', 'RECEIVED_DESC', 'RECEIVED_ASC'])(
    'by %s: page after page, every row once',
    async (order) => {
      const ids: string[] = [];
      let after: string | null = null;
      for (const [size, more] of [
        [40, true],
        [61, true],
        [1, true],
        [1, false],
        [1, false],
      ] as const) {
        const page: Page = await readPage(size, after, order);
        expect([page.totalCount, page.pageInfo.hasNextPage]).toEqual([rows, more]);
        expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
        ids.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.endCursor ?? after;
      }
      expect(ids).toHaveLength(rows);
      expect(new Set(ids).size).toBe(rows);
    },
  );

  test('the cursor of an edge is its sort value and its id', async () => {
    const [first] = (await readPage(1, null)).edges;
    const id = encodeRecordId({ system: target.system.code, type: 'Notice', key: 'N59' });
    expect([first?.node.id, first?.late, decodeSystemCursor(first?.cursor ?? '')]).toEqual([
      id,
      false,
      ['2026-08-01T01:00:59.000000Z', id],
    ]);
  });

  test('101 rows, and whether there are more', async () => {
    expect((await readPage(101, null)).pageInfo.hasNextPage).toBe(true);
  });

  test('an empty page', async () => {
    const last = encodeRecordId({ system: target.system.code, type: 'Notice', key: 'zzz' });
    const page = await readPage(5, Buffer.from(JSON.stringify([null, last])).toString('base64url'));
    expect([page.nodes, page.pageInfo]).toEqual([[], { hasNextPage: false, endCursor: null }]);
  });

  test('a system answers for itself, in full', async () => {
    const { code, name } = target.system;
    expect((await readPage(1, null)).coverage).toEqual({ complete: true, answered: [{ code, name }], missing: [], retryAfterMs: null });
    const { data } = await graph.ask(
      '{ dealStatistics(by: []) { groups { deals } coverage { complete answered { code } missing { reason } } } }',
    );
    expect(data).toEqual({ dealStatistics: { groups: [], coverage: { complete: true, answered: [{ code }], missing: [] } } });
  });
});
