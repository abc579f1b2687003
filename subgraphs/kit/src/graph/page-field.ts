/**
 * Resolver of a root list: one page in the total order, and how many rows there are in all; each read only when asked for.
 * @see design/partitioning.md «Page»
 */
import { type Dataset, HubError, type SortKey, decodeSystemCursor, encodeSystemCursor } from '@hub/schema';
import type { Kysely } from 'kysely';

import type { Filter } from '../read/filter.ts';
import { type Order, isKeyOf, readOrder } from '../read/order.ts';
import { countRows, readPage } from '../read/page.ts';

import { ownCoverage } from './coverage.ts';
import type { SystemContext } from './context.ts';

/** Arguments of a list, after coercion. */
interface PageArguments {
  readonly filter?: Filter | null;
  readonly order?: string;
  readonly first?: number;
  readonly after?: string | null;
}

/** The gateway asks for one row more than a page. */
const mostRows = 101;

/** @returns Resolver of `Query.<plural>`. */
export function pageResolver(dataset: Dataset): (parent: unknown, args: PageArguments, context: SystemContext) => unknown {
  return (_parent, { filter, order: name, first, after }, { read, system }) => {
    const order = orderOf(dataset, name);
    const request = { system: system.code, filter, order, first: sizeOf(first), after: keyOf(order, after) };
    let page: Promise<Page> | undefined;
    const readOnce = (): Promise<Page> => (page ??= read((db) => pageOf(dataset, db, request)));
    return {
      edges: async () => (await readOnce()).edges,
      nodes: async () => (await readOnce()).edges.map(({ node }) => node),
      pageInfo: async () => (await readOnce()).pageInfo,
      totalCount: () => read((db) => countRows(db, dataset, { system: system.code, filter })),
      coverage: ownCoverage(system),
    };
  };
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly late: boolean; readonly node: object }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function pageOf(dataset: Dataset, db: Kysely<unknown>, request: Parameters<typeof readPage>[2]): Promise<Page> {
  const rows = await readPage(db, dataset, { ...request, first: request.first + 1 });
  const edges = rows.slice(0, request.first).map(({ sort, ...row }) => ({
    cursor: encodeSystemCursor([sort, row.id]),
    late: false,
    node: { __typename: dataset.type, ...row },
  }));
  return { edges, pageInfo: { hasNextPage: rows.length > request.first, endCursor: edges.at(-1)?.cursor ?? null } };
}

function orderOf(dataset: Dataset, name: string | undefined): Order {
  const order = readOrder(dataset, name ?? '');
  if (order !== undefined) return order;
  throw new HubError('QUERY_INVALID', { zh: '排序方式无效。', en: 'There is no such order.' });
}

function sizeOf(first: number | undefined): number {
  if (first !== undefined && first >= 1 && first <= mostRows) return first;
  throw new HubError('PAGE_SIZE_INVALID', { zh: `first 应为 1 至 ${mostRows - 1}。`, en: `first must be from 1 to ${mostRows - 1}.` });
}

function keyOf(order: Order, after: string | null | undefined): SortKey | undefined {
  if (after === null || after === undefined) return undefined;
  const key = decodeSystemCursor(after);
  if (key !== undefined && isKeyOf(order, key)) return key;
  throw new HubError('CURSOR_INVALID', { zh: '游标无效，请从第一页重新开始。', en: 'The cursor is not valid: start from the first page.' });
}
