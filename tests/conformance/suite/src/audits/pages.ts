/**
 * PAGE and COUNT: how a list is cut into pages, and how many rows it says it has.
 * @see schema/PROTOCOL.md 3, 9
 */
import type { Audit } from '../audit.ts';
import { type Question, printQuestion } from '../ask/answer.ts';
import { at, listAt, textAt } from '../ask/json-value.ts';
import { pageQuestion } from '../subject/list.ts';
import { mostOfPage, readPage, readRows } from '../subject/rows.ts';

const sizes = [2, 3, 7, 50, 100];

/** Audits of pages and counts. */
export const pageAudits: readonly Audit[] = [
  {
    id: 'PAGE-001',
    level: 'MUST',
    title: { zh: 'first 说几行就几行', en: 'first says how many rows' },
    proves: {
      zh: 'first 从 1 到 101 都答最前的那么多行，不多不少',
      en: 'for first from 1 to 101 come that many rows from the start, no more and no fewer',
    },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '把 first 原样作 LIMIT；枢纽会问 101', en: 'use first as the LIMIT as it is; the hub asks for 101' },
    async run({ endpoint, samples }, judge) {
      for (const [turn, { list, rows }] of (await samples()).entries()) {
        for (const first of [1, sizes[turn % sizes.length] ?? 2, mostOfPage]) {
          const page = await readPage(endpoint, list, { first });
          judge.same(printQuestion(page.question), {
            answered: page.rows.map(({ id }) => id),
            expected: rows.slice(0, first).map(({ id }) => id),
          });
        }
      }
    },
  },
  {
    id: 'PAGE-002',
    level: 'MUST',
    title: { zh: '翻页信息属实', en: 'pageInfo is true' },
    proves: {
      zh: 'hasNextPage 如实，endCursor 是末行的游标，末行之后是空页；nodes 与 edges 同行',
      en: 'hasNextPage is true when there is more, endCursor is the last row’s cursor, after the last row comes an empty page; nodes are the rows of edges',
    },
    source: 'PROTOCOL.md 3, 9',
    remedy: {
      zh: '多读一行以知有无下一页；endCursor 取末边的 cursor',
      en: 'read one row more to know; endCursor is the last edge’s cursor',
    },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows, complete } of await samples()) {
        for (const first of [1, 2, rows.length, 101].filter((size) => size <= mostOfPage)) {
          const question = withNodes(pageQuestion(list, { first }));
          const data = await endpoint.data(question);
          const cursors = listAt(data, 'page', 'edges').map((edge) => textAt(edge, 'cursor'));
          const told = { info: at(data, 'page', 'pageInfo'), nodes: listAt(data, 'page', 'nodes').map((node) => textAt(node, 'id')) };
          const hasNextPage = rows.length > first || (!complete && rows.length >= first);
          const expected = {
            info: { hasNextPage, endCursor: cursors.at(-1) ?? null },
            nodes: listAt(data, 'page', 'edges').map((edge) => textAt(edge, 'node', 'id')),
          };
          judge.same(printQuestion(question), { answered: told, expected });
        }
        if (!complete) continue;
        const page = await readPage(endpoint, list, { first: 10, after: rows.at(-1)?.cursor ?? null });
        judge.same(printQuestion(page.question), {
          answered: [page.rows.length, page.hasNextPage, page.endCursor],
          expected: [0, false, null],
        });
      }
    },
  },
  {
    id: 'PAGE-003',
    level: 'MUST',
    title: { zh: '逐页读到的恰是全部', en: 'Page by page comes exactly the whole' },
    proves: {
      zh: '用小页从头读到尾，与一次读到的行相同、次序相同',
      en: 'small pages from the start to the end give the same rows in the same order as large ones',
    },
    source: 'PROTOCOL.md 3',
    remedy: { zh: '每页从上一页末行的游标之后接着', en: 'let each page begin strictly behind the last row of the page before' },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows } of await samples()) {
        const most = Math.min(rows.length, 60);
        const reading = await readRows(endpoint, list, { first: 7, most });
        judge.same(`${printQuestion(reading.question)} …`, {
          answered: reading.rows.slice(0, most).map(({ id }) => id),
          expected: rows.slice(0, most).map(({ id }) => id),
        });
      }
    },
  },
  {
    id: 'COUNT-001',
    level: 'MUST',
    title: { zh: '总数是列表的行数', en: 'totalCount is the number of rows of the list' },
    proves: {
      zh: 'totalCount 等于读到尾的行数，与 first 和 after 无关',
      en: 'totalCount is the number of rows read to the end, whatever first and after say',
    },
    source: 'PROTOCOL.md 3',
    remedy: { zh: '总数按筛选条件另数，不要数本页', en: 'count by the filter, not by the page' },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows, complete } of await samples()) {
        for (const page of [{ first: 1 }, { first: 3, after: rows[0]?.cursor ?? null }]) {
          const asked = pageQuestion(list, page);
          const question = { ...asked, query: asked.query.replace('pageInfo {', 'totalCount pageInfo {') };
          const total = at(await endpoint.data(question), 'page', 'totalCount');
          const isRight = complete ? total === rows.length : typeof total === 'number' && total > rows.length;
          judge.check(isRight, () => ({
            asked: printQuestion(question),
            answered: String(total),
            expected: complete ? String(rows.length) : `> ${rows.length}`,
          }));
        }
      }
    },
  },
];

function withNodes(question: Question): Question {
  return { ...question, query: question.query.replace('pageInfo {', 'nodes { id } pageInfo {') };
}
