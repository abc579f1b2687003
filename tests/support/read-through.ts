/**
 * Reads a whole list through the gateway, page by page.
 */
import { type Federation } from './federation.ts';
import { at, listAt, textAt } from './parse-json.ts';
import type { Level } from './query/law-schema.ts';

/** Which list. */
export interface WholeList {
  /** Root field, such as `notices`. */
  readonly field: string;
  /** Graph type of its rows. */
  readonly type: string;
  readonly order?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly first: number;
  /** Selection of a row, without braces. */
  readonly select?: string;
  readonly level?: Level;
}

/** All rows and what each page said of the whole. */
export interface WholeAnswer {
  readonly rows: readonly unknown[];
  readonly totalCounts: readonly unknown[];
  readonly coverages: readonly unknown[];
}

/** @returns Every row, in order. @throws Error on the first answer with an error. */
export async function readThrough(federation: Federation, list: WholeList): Promise<WholeAnswer> {
  const { field, type, order, filter = {}, first, select = 'id', level = 'RESTRICTED' } = list;
  const query = `query Whole($filter: ${type}Filter, $first: Int!, $after: String) {
    list: ${field}(filter: $filter, first: $first, after: $after${order === undefined ? '' : `, order: ${order}`}) {
      edges { late node { ${select} } }
      pageInfo { hasNextPage endCursor }
      totalCount
      coverage { complete answered { code } missing { reason system { code } } }
    }
  }`;
  const rows: unknown[] = [];
  const totalCounts: unknown[] = [];
  const coverages: unknown[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const reply = await federation.ask({ query, variables: { filter, first, after }, level });
    if (reply.errors.length > 0) throw new Error(reply.text.slice(0, 1000));
    rows.push(...listAt(reply.data, 'list', 'edges').map((edge) => at(edge, 'node')));
    totalCounts.push(at(reply.data, 'list', 'totalCount'));
    coverages.push(at(reply.data, 'list', 'coverage'));
    after = textAt(reply.data, 'list', 'pageInfo', 'endCursor');
    // With a system away there is always a next page: an empty one ends the reading then.
    more = at(reply.data, 'list', 'pageInfo', 'hasNextPage') === true && listAt(reply.data, 'list', 'edges').length > 0;
  }
  return { rows, totalCounts, coverages };
}
