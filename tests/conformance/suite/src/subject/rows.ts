/**
 * Rows of a list as they came: a page, or as many pages as a sample takes.
 * @see schema/PROTOCOL.md 3
 */
import type { Question } from '../ask/answer.ts';
import type { Endpoint } from '../ask/endpoint.ts';
import { at, isObject, listAt, textAt } from '../ask/json-value.ts';
import { type List, type PageQuestion, pageQuestion } from './list.ts';

/** One row. */
export interface Row {
  readonly id: string;
  readonly cursor: string;
  readonly node: Readonly<Record<string, unknown>>;
}

/** One page. */
export interface Page {
  readonly question: Question;
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly endCursor: unknown;
}

/** Rows read, in the order they came. */
export interface Reading {
  /** The question of the first page. */
  readonly question: Question;
  readonly rows: readonly Row[];
  /** Whether the list was read to its end. */
  readonly ended: boolean;
}

/** Rows the gateway asks for at the most: a page and one more. */
export const mostOfPage = 101;

/** @returns One page. @throws Unanswered, NoAnswer, BudgetSpent */
export async function readPage(endpoint: Endpoint, list: List, page: PageQuestion): Promise<Page> {
  const question = pageQuestion(list, page);
  const data = await endpoint.data(question);
  return {
    question,
    rows: listAt(data, 'page', 'edges').map((edge) => {
      const node = at(edge, 'node');
      return { id: textAt(node, 'id'), cursor: textAt(edge, 'cursor'), node: isObject(node) ? node : {} };
    }),
    hasNextPage: at(data, 'page', 'pageInfo', 'hasNextPage') === true,
    endCursor: at(data, 'page', 'pageInfo', 'endCursor'),
  };
}

/** @returns Rows from the start until there are enough or no more. @throws as readPage */
export async function readRows(endpoint: Endpoint, list: List, page: PageQuestion & { readonly most: number }): Promise<Reading> {
  const { most, ...asked } = page;
  const first = await readPage(endpoint, list, asked);
  const rows = [...first.rows];
  let last = first;
  while (last.hasNextPage && last.rows.length > 0 && rows.length < most) {
    last = await readPage(endpoint, list, { ...asked, after: last.rows.at(-1)?.cursor ?? null });
    rows.push(...last.rows);
  }
  return { question: first.question, rows, ended: !last.hasNextPage };
}
