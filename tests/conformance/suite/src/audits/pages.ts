/**
 * CURSOR, PAGE, COUNT: where rows stand in a list, how it is cut into pages, and how many it says it has.
 * @see schema/PROTOCOL.md 3, 9
 */
import { compareDecimals, compareKeys, decodeRecordId, decodeSystemCursor, encodeRecordId, encodeSystemCursor, isDecimal, sortKindOf } from '@hub/schema';

import type { Audit } from '../audit.ts';
import { type Question, faultOf, printQuestion } from '../ask/answer.ts';
import { at, listAt, textAt } from '../ask/json-value.ts';
import { type List, type ListOrder, pageQuestion } from '../subject/list.ts';
import { mostOfPage, readPage, readRows } from '../subject/rows.ts';
import { shownSortValue } from '../subject/shown.ts';
import type { Subject } from '../subject/subject.ts';

const sizes = [2, 3, 7, 50, 100];

/** Audits of cursors and pages. */
export const pageAudits: readonly Audit[] = [
  {
    id: 'CURSOR-001',
    level: 'MUST',
    title: { zh: '游标是行的排序键', en: 'A cursor is its row’s sort key' },
    proves: { zh: '每条边的 cursor 是 [排序值, id] 的 JSON 作 base64url，值与该行所示一致', en: 'each edge’s cursor is base64url of the JSON of [value, id], the value being the one the row shows' },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '用 encodeSystemCursor([规范文本, id])：时刻 UTC 六位小数，日期 yyyy-MM-dd，数与金额（元）为十进制文本，没有值为 null', en: 'encodeSystemCursor([canonical text, id]): instants in UTC with six decimals, dates yyyy-MM-dd, numbers and yuan as decimal text, null for none' },
    async run(subject, judge) {
      await eachOrder(subject, async (list, order) => {
        const reading = await subject.inOrder(list, order);
        for (const { id, cursor, node } of reading.rows) {
          const expected = shownSortValue(order, node);
          const key = decodeSystemCursor(cursor);
          judge.check(key !== undefined && key[1] === id && isSame(order, key[0], expected), () => ({
            asked: printQuestion(reading.question),
            answered: `${cursor} → ${JSON.stringify(key ?? null)}`,
            expected: `${encodeSystemCursor([expected, id])} → ${JSON.stringify([expected, id])}`,
          }));
        }
      });
    },
  },
  {
    id: 'CURSOR-002',
    level: 'MUST',
    title: { zh: '从任何一行接着读', en: 'Reading resumes at any row' },
    proves: { zh: '以任何一行的游标为 after，得到的正是它之后的行：不重、不漏', en: 'after any row’s cursor come exactly the rows behind it: none again, none lost' },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '条件写成严格大于 (值, id)，没有值的行另成一段；同值处不要用 >=', en: 'compare strictly greater by (value, id), rows without a value being a range of their own; no >= on ties' },
    async run(subject, judge) {
      await eachOrder(subject, async (list, order, turn) => {
        const whole = await subject.inOrder(list, order);
        for (const place of places(whole.rows.length, turn)) {
          const first = Math.min(5, whole.rows.length - place - 1);
          const cursor = whole.rows[place]?.cursor ?? '';
          if (first < 1) continue;
          const page = await readPage(subject.endpoint, list, { order: order.name, first, after: cursor });
          judge.same(printQuestion(page.question), { answered: page.rows.map(({ id }) => id), expected: whole.rows.slice(place + 1, place + 1 + first).map(({ id }) => id) });
        }
      });
    },
  },
  {
    id: 'CURSOR-003',
    level: 'MUST',
    title: { zh: '游标所指的行不必还在', en: 'The row of a cursor need not be there' },
    proves: { zh: 'after 是一个位置：该行已撤销，也从同一处接着', en: 'after is a place: reading goes on there though the row is gone' },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '按游标里的值比较，不要先去找那一行', en: 'compare by the values of the cursor instead of looking for its row' },
    async run(subject, judge) {
      await eachOrder(subject, async (list, order) => {
        const { rows } = await subject.inOrder(list, order);
        const key = decodeSystemCursor(rows[3]?.cursor ?? '');
        const named = decodeRecordId(key?.[1] ?? '');
        if (key === undefined || named === undefined) return;
        // Longer by a character: right behind the row, before most others.
        const id = encodeRecordId({ ...named, key: `${named.key}!` });
        const next = decodeSystemCursor(rows[4]?.cursor ?? '');
        const compare = compareKeys({ kind: sortKindOf(order.field?.graphType ?? 'DateTime'), descending: order.descending });
        if (next === undefined || compare(key, [key[0], id]) >= 0 || compare([key[0], id], next) >= 0) return;
        const first = Math.min(3, rows.length - 4);
        const page = await readPage(subject.endpoint, list, { order: order.name, first, after: encodeSystemCursor([key[0], id]) });
        judge.same(printQuestion(page.question), { answered: page.rows.map((row) => row.id), expected: rows.slice(4, 4 + first).map((row) => row.id) });
      });
    },
  },
  {
    id: 'CURSOR-004',
    level: 'MUST',
    title: { zh: '不是游标的被拒', en: 'What is no cursor is refused' },
    proves: { zh: '乱写的、别的排序的游标得 CURSOR_INVALID，不是第一页，也不是系统错误', en: 'nonsense and keys of another order get CURSOR_INVALID, neither the first page nor a fault' },
    source: 'PROTOCOL.md 8, 9',
    remedy: { zh: '先用 decodeSystemCursor 读，再核对值的形式，不合即 CURSOR_INVALID', en: 'read it with decodeSystemCursor, check the form of its value, and refuse with CURSOR_INVALID' },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows } of await samples()) {
        const id = rows[0]?.id ?? '';
        for (const after of ['', '0', 'bm90IGEgY3Vyc29y', encodeSystemCursor(['conformance', id]), encodeSystemCursor([null, 'no id'])]) {
          const question = pageQuestion(list, { order: 'RECEIVED_DESC', first: 1, after });
          const answer = await endpoint.ask(question);
          judge.check(answer.errors.length > 0 && answer.errors.every(({ code }) => code === 'CURSOR_INVALID'), () => faultOf(question, answer, 'CURSOR_INVALID'));
        }
      }
    },
  },
  {
    id: 'PAGE-001',
    level: 'MUST',
    title: { zh: 'first 说几行就几行', en: 'first says how many rows' },
    proves: { zh: 'first 从 1 到 101 都答最前的那么多行，不多不少', en: 'for first from 1 to 101 come that many rows from the start, no more and no fewer' },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '把 first 原样作 LIMIT；枢纽会问 101', en: 'use first as the LIMIT as it is; the hub asks for 101' },
    async run({ endpoint, samples }, judge) {
      for (const [turn, { list, rows }] of (await samples()).entries()) {
        for (const first of [1, sizes[turn % sizes.length] ?? 2, mostOfPage]) {
          const page = await readPage(endpoint, list, { first });
          judge.same(printQuestion(page.question), { answered: page.rows.map(({ id }) => id), expected: rows.slice(0, first).map(({ id }) => id) });
        }
      }
    },
  },
  {
    id: 'PAGE-002',
    level: 'MUST',
    title: { zh: '翻页信息属实', en: 'pageInfo is true' },
    proves: { zh: 'hasNextPage 如实，endCursor 是末行的游标，末行之后是空页；nodes 与 edges 同行', en: 'hasNextPage is true when there is more, endCursor is the last row’s cursor, after the last row comes an empty page; nodes are the rows of edges' },
    source: 'PROTOCOL.md 3, 9',
    remedy: { zh: '多读一行以知有无下一页；endCursor 取末边的 cursor', en: 'read one row more to know; endCursor is the last edge’s cursor' },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows, complete } of await samples()) {
        for (const first of [1, 2, rows.length, 101].filter((size) => size <= mostOfPage)) {
          const question = withNodes(pageQuestion(list, { first }));
          const data = await endpoint.data(question);
          const cursors = listAt(data, 'page', 'edges').map((edge) => textAt(edge, 'cursor'));
          const told = { info: at(data, 'page', 'pageInfo'), nodes: listAt(data, 'page', 'nodes').map((node) => textAt(node, 'id')) };
          const hasNextPage = rows.length > first || (!complete && rows.length >= first);
          const expected = { info: { hasNextPage, endCursor: cursors.at(-1) ?? null }, nodes: listAt(data, 'page', 'edges').map((edge) => textAt(edge, 'node', 'id')) };
          judge.same(printQuestion(question), { answered: told, expected });
        }
        if (!complete) continue;
        const page = await readPage(endpoint, list, { first: 10, after: rows.at(-1)?.cursor ?? null });
        judge.same(printQuestion(page.question), { answered: [page.rows.length, page.hasNextPage, page.endCursor], expected: [0, false, null] });
      }
    },
  },
  {
    id: 'PAGE-003',
    level: 'MUST',
    title: { zh: '逐页读到的恰是全部', en: 'Page by page comes exactly the whole' },
    proves: { zh: '用小页从头读到尾，与一次读到的行相同、次序相同', en: 'small pages from the start to the end give the same rows in the same order as large ones' },
    source: 'PROTOCOL.md 3',
    remedy: { zh: '每页从上一页末行的游标之后接着', en: 'let each page begin strictly behind the last row of the page before' },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows } of await samples()) {
        const most = Math.min(rows.length, 60);
        const reading = await readRows(endpoint, list, { first: 7, most });
        judge.same(`${printQuestion(reading.question)} …`, { answered: reading.rows.slice(0, most).map(({ id }) => id), expected: rows.slice(0, most).map(({ id }) => id) });
      }
    },
  },
  {
    id: 'COUNT-001',
    level: 'MUST',
    title: { zh: '总数是列表的行数', en: 'totalCount is the number of rows of the list' },
    proves: { zh: 'totalCount 等于读到尾的行数，与 first 和 after 无关', en: 'totalCount is the number of rows read to the end, whatever first and after say' },
    source: 'PROTOCOL.md 3',
    remedy: { zh: '总数按筛选条件另数，不要数本页', en: 'count by the filter, not by the page' },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows, complete } of await samples()) {
        for (const page of [{ first: 1 }, { first: 3, after: rows[0]?.cursor ?? null }]) {
          const asked = pageQuestion(list, page);
          const question = { ...asked, query: asked.query.replace('pageInfo {', 'totalCount pageInfo {') };
          const total = at(await endpoint.data(question), 'page', 'totalCount');
          const isRight = complete ? total === rows.length : typeof total === 'number' && total > rows.length;
          judge.check(isRight, () => ({ asked: printQuestion(question), answered: String(total), expected: complete ? String(rows.length) : `> ${rows.length}` }));
        }
      }
    },
  },
];

async function eachOrder(subject: Subject, judge: (list: List, order: ListOrder, turn: number) => Promise<void>): Promise<void> {
  for (const { list } of await subject.samples()) for (const [turn, order] of list.orders.entries()) await judge(list, order, turn);
}

/** The end of a page always; the start, the middle and near the end by turns. */
function places(length: number, turn: number): readonly number[] {
  const inTurn = [0, Math.floor(length / 2), length - 3][turn % 3] ?? 0;
  return [...new Set([inTurn, mostOfPage - 1])].filter((place) => place >= 0 && place < length - 1);
}

function isSame({ field }: ListOrder, told: string | null, expected: string | null): boolean {
  if (told === null || expected === null) return told === expected;
  if (sortKindOf(field?.graphType ?? 'DateTime') === 'bytes') return told === expected;
  return isDecimal(told) && compareDecimals(told, expected) === 0;
}

function withNodes(question: Question): Question {
  return { ...question, query: question.query.replace('pageInfo {', 'nodes { id } pageInfo {') };
}
