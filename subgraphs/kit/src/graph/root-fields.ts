/**
 * Resolvers of the root fields a dataset has: the list, the single record by id, the one by business code.
 * @see design/graph.md «Shape»
 */
import { type Dataset, HubError, decodeRecordId, decodeSystemCursor, encodeSystemCursor, plural, singular } from '@hub/schema';

import { findByColumn } from '../read/find.ts';
import type { Filter } from '../read/filter.ts';
import { readOrder } from '../read/order.ts';
import { countRows, readPage } from '../read/page.ts';
import { columnsOf } from '../store/columns.ts';

import type { SystemContext } from './context.ts';

type Resolver = (parent: unknown, args: Readonly<Record<string, unknown>>, context: SystemContext) => unknown;

/** The gateway asks for one row more than a page. */
const mostRows = 101;

/** @returns Resolvers of `Query` by field name. */
export function rootResolvers(dataset: Dataset): Readonly<Record<string, Resolver>> {
  const byCode = dataset.byCode === undefined ? {} : { [`${singular(dataset.type)}ByCode`]: codeResolver(dataset, dataset.byCode) };
  return { [plural(dataset.type)]: pageResolver(dataset), [singular(dataset.type)]: singleResolver(dataset), ...byCode };
}

function pageResolver(dataset: Dataset): Resolver {
  return (_parent, args, { store, system }) => {
    const filter = args['filter'] as Filter | null | undefined;
    const order = readOrder(dataset, String(args['order']));
    if (order === undefined) {
      throw new HubError('QUERY_INVALID', { zh: '排序方式无效。', en: 'There is no such order.' });
    }
    const first = Number(args['first']);
    if (first < 1 || first > mostRows) {
      throw new HubError('PAGE_SIZE_INVALID', {
        zh: `first 应为 1 至 ${mostRows - 1}。`,
        en: `first must be from 1 to ${mostRows - 1}.`,
      });
    }
    const after = typeof args['after'] === 'string' ? decodeSystemCursor(args['after']) : undefined;
    if (after === undefined && typeof args['after'] === 'string') {
      throw new HubError('CURSOR_INVALID', { zh: '游标无效，请从第一页重新开始。', en: 'The cursor is not valid: start from the first page.' });
    }
    let page: Promise<Page> | undefined;
    const read = (): Promise<Page> => (page ??= pageOf({ dataset, store, system: system.code, filter, order, first, after }));
    const coverage = { complete: true, answered: [{ code: system.code, name: system.name }], missing: [], retryAfterMs: null };
    return {
      edges: async () => (await read()).edges,
      nodes: async () => (await read()).edges.map(({ node }) => node),
      pageInfo: async () => (await read()).pageInfo,
      totalCount: () => countRows(store.db, dataset, { system: system.code, filter }),
      coverage,
    };
  };
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly late: boolean; readonly node: object }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type PageSource = Pick<SystemContext, 'store'> &
  Omit<Parameters<typeof readPage>[2], 'system'> & { readonly dataset: Dataset; readonly system: string };

async function pageOf({ dataset, store, ...request }: PageSource): Promise<Page> {
  const more = request.first < mostRows ? 1 : 0;
  const rows = await readPage(store.db, dataset, { ...request, first: request.first + more });
  const edges = rows.slice(0, request.first).map(({ sort, ...row }) => ({
    cursor: encodeSystemCursor([sort, row.id]),
    late: false,
    node: { __typename: dataset.type, ...row },
  }));
  return { edges, pageInfo: { hasNextPage: rows.length > request.first, endCursor: edges.at(-1)?.cursor ?? null } };
}

function singleResolver(dataset: Dataset): Resolver {
  return (_parent, args, { byId }) => {
    const id = String(args['id']);
    if (decodeRecordId(id)?.type !== dataset.type) {
      throw new HubError('ID_INVALID', { zh: 'id 无效：不是这一类记录的标识。', en: 'The id is not one of a record of this type.' });
    }
    return byId.load(id);
  };
}

function codeResolver(dataset: Dataset, name: string): Resolver {
  const column = dataset.fields.filter((field) => field.name === name).flatMap(columnsOf)[0];
  return async (_parent, args, { store, system }) => {
    if (column === undefined) return null;
    const values = [String(args['code']).trim().toUpperCase()];
    const rows = await findByColumn(store.db, dataset, { system: system.code, column, values });
    const originals = rows.filter(({ origin }) => origin === 'ORIGINAL');
    const found = originals.length > 0 ? originals : rows;
    if (found.length > 1) {
      throw new HubError('CODE_CONFLICT', {
        zh: `同一编码有 ${found.length} 条记录：${found.map(({ id }) => id).join('、')}。请按 id 查询。`,
        en: `${found.length} records have this code: ${found.map(({ id }) => id).join(', ')}. Ask by id.`,
        system: system.code,
      });
    }
    return found[0] === undefined ? null : { __typename: dataset.type, ...found[0] };
  };
}
