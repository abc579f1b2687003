/**
 * CURSOR: where a row stands in a list, and that reading resumes there.
 * @see schema/PROTOCOL.md 3, 9
 */
import {
  compareDecimals,
  compareKeys,
  decodeRecordId,
  decodeSystemCursor,
  encodeRecordId,
  encodeSystemCursor,
  isDecimal,
  sortKindOf,
} from '@hub/schema';

import type { Audit } from '../audit.ts';
import { faultOf, printQuestion } from '../ask/answer.ts';
import { type List, type ListOrder, pageQuestion } from '../subject/list.ts';
import { mostOfPage, readPage } from '../subject/rows.ts';
import { shownSortValue } from '../subject/shown.ts';
import type { Subject } from '../subject/subject.ts';

/** Audits of cursors. */
export const cursorAudits: readonly Audit[] = [
  {
    id: 'CURSOR-001',
    level: 'MUST',
    title: { zh: '游标是行的排序键', en: 'A cursor is its row’s sort key' },
    proves: {
      zh: '每条边的 cursor 是 [排序值, id] 的 JSON 作 base64url，值与该行所示一致',
      en: 'each edge’s cursor is base64url of the JSON of [value, id], the value being the one the row shows',
    },
    source: 'PROTOCOL.md 9',
    remedy: {
      zh: '用 encodeSystemCursor([规范文本, id])：时刻 UTC 六位小数，日期 yyyy-MM-dd，数与金额（元）为十进制文本，没有值为 null',
      en: 'encodeSystemCursor([canonical text, id]): instants in UTC with six decimals, dates yyyy-MM-dd, numbers and yuan as decimal text, null for none',
    },
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
    proves: {
      zh: '以任何一行的游标为 after，得到的正是它之后的行：不重、不漏',
      en: 'after any row’s cursor come exactly the rows behind it: none again, none lost',
    },
    source: 'PROTOCOL.md 9',
    remedy: {
      zh: '条件写成严格大于 (值, id)，没有值的行另成一段；同值处不要用 >=',
      en: 'compare strictly greater by (value, id), rows without a value being a range of their own; no >= on ties',
    },
    async run(subject, judge) {
      await eachOrder(subject, async (list, order, turn) => {
        const whole = await subject.inOrder(list, order);
        for (const place of places(whole.rows.length, turn)) {
          const first = Math.min(5, whole.rows.length - place - 1);
          const cursor = whole.rows[place]?.cursor ?? '';
          if (first < 1) continue;
          const page = await readPage(subject.endpoint, list, { order: order.name, first, after: cursor });
          judge.same(printQuestion(page.question), {
            answered: page.rows.map(({ id }) => id),
            expected: whole.rows.slice(place + 1, place + 1 + first).map(({ id }) => id),
          });
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
        judge.same(printQuestion(page.question), {
          answered: page.rows.map((row) => row.id),
          expected: rows.slice(4, 4 + first).map((row) => row.id),
        });
      });
    },
  },
  {
    id: 'CURSOR-004',
    level: 'MUST',
    title: { zh: '不是游标的被拒', en: 'What is no cursor is refused' },
    proves: {
      zh: '乱写的、别的排序的游标得 CURSOR_INVALID，不是第一页，也不是系统错误',
      en: 'nonsense and keys of another order get CURSOR_INVALID, neither the first page nor a fault',
    },
    source: 'PROTOCOL.md 8, 9',
    remedy: {
      zh: '先用 decodeSystemCursor 读，再核对值的形式，不合即 CURSOR_INVALID',
      en: 'read it with decodeSystemCursor, check the form of its value, and refuse with CURSOR_INVALID',
    },
    async run({ endpoint, samples }, judge) {
      for (const { list, rows } of await samples()) {
        const id = rows[0]?.id ?? '';
        for (const after of ['', '0', 'bm90IGEgY3Vyc29y', encodeSystemCursor(['conformance', id]), encodeSystemCursor([null, 'no id'])]) {
          const question = pageQuestion(list, { order: 'RECEIVED_DESC', first: 1, after });
          const answer = await endpoint.ask(question);
          judge.check(answer.errors.length > 0 && answer.errors.every(({ code }) => code === 'CURSOR_INVALID'), () =>
            faultOf(question, answer, 'CURSOR_INVALID'),
          );
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
