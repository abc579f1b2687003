/**
 * Two ways to page through a list of all systems: the gateway's, and, for notices, the plain merge whose cursor is the last key,
 * which loses rows and stands here as the control.
 * @see design/partitioning.md «Page»
 */
import { type SortKey, type SortOrder, compareKeys, decodeSystemCursor, encodeSystemCursor, plural } from '@hub/schema';
import { Agent } from 'undici';

import { type Reply, ask } from './ask.ts';
import type { Federation } from './federation.ts';
import type { Pages, ReadPage } from './list-reading.ts';
import { at, listAt, textAt } from './parse-json.ts';

/** Which list, and how much of it at a time. */
export interface ListQuestion {
  /** Graph type of its rows; notices when absent. */
  readonly type?: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly order: string;
  readonly first: number;
}

const gatewayQuery = (type: string): string => `query Page($filter: ${type}Filter, $order: ${type}Order!, $first: Int!, $after: String) {
  list: ${plural(type)}(filter: $filter, order: $order, first: $first, after: $after) {
    edges { late node { id } }
    pageInfo { hasNextPage endCursor }
    coverage { complete missing { system { code } } retryAfterMs }
  }
}`;

const systemQuery = `query Page($filter: NoticeFilter, $order: NoticeOrder!, $first: Int!, $after: String) {
  notices(filter: $filter, order: $order, first: $first, after: $after) { edges { cursor node { id } } }
}`;

/** @returns Pages as the gateway gives them. */
export function gatewayPages(federation: Federation, { type = 'Notice', ...question }: ListQuestion): Pages {
  return async (after) => {
    const reply = await federation.ask({ query: gatewayQuery(type), variables: { ...question, after }, level: 'RESTRICTED' });
    if (isUnavailable(reply)) return undefined;
    const missing = listAt(reply.data, 'list', 'coverage', 'missing').map((one) => textAt(one, 'system', 'code'));
    if (at(reply.data, 'list', 'coverage', 'complete') !== (missing.length === 0)) throw new Error('coverage contradicts itself');
    const hasNextPage = at(reply.data, 'list', 'pageInfo', 'hasNextPage') === true;
    const retryAfterMs = at(reply.data, 'list', 'coverage', 'retryAfterMs');
    if (listAt(reply.data, 'list', 'edges').length === 0 && hasNextPage && typeof retryAfterMs !== 'number')
      throw new Error('an empty page does not say when to ask again');
    return {
      rows: listAt(reply.data, 'list', 'edges').map((edge) => ({ id: textAt(edge, 'node', 'id'), late: at(edge, 'late') === true })),
      hasNextPage,
      endCursor: textAt(reply.data, 'list', 'pageInfo', 'endCursor'),
      missing,
    };
  };
}

/** With nobody there to answer a page there is an error, and the reader asks again. */
function isUnavailable({ errors, text }: Reply): boolean {
  if (errors.length === 0) return false;
  if (errors.length === 1 && errors[0]?.code === 'SYSTEMS_UNAVAILABLE') return true;
  throw new Error(`not a page: ${text.slice(0, 2000)}`);
}

/** @returns Pages as the plain merge gives them: every system asked for what comes after the last key of the page before. */
export function plainPages({ proxies }: Federation, { filter, order, first }: ListQuestion): Pages {
  const sort: SortOrder = { kind: 'bytes', descending: order.endsWith('_DESC') };
  const compare = compareKeys(sort);
  return async (after) => {
    const missing: string[] = [];
    const answers = await Promise.all(
      [...proxies].map(async ([code, { url }]): Promise<readonly SortKey[]> => {
        const dispatcher = new Agent({ keepAliveTimeout: 1 });
        try {
          const { data } = await ask(url, { query: systemQuery, variables: { filter, order, first: first + 1, after }, dispatcher });
          const keys = listAt(data, 'notices', 'edges').map((edge) => decodeSystemCursor(textAt(edge, 'cursor')));
          return keys.filter((key) => key !== undefined);
        } catch {
          missing.push(code);
          return [];
        } finally {
          await dispatcher.destroy();
        }
      }),
    );
    if (missing.length === proxies.size) return undefined;
    const merged = answers.flat().toSorted(compare);
    const page = merged.slice(0, first);
    const last = page.at(-1);
    return {
      rows: page.map(([, id]) => ({ id, late: false })),
      hasNextPage: merged.length > first || missing.length > 0,
      endCursor: last === undefined ? (after ?? '') : encodeSystemCursor(last),
      missing,
    } satisfies ReadPage;
  };
}
