/**
 * ORDER: one total order everywhere. Values, absent values and ties are judged apart, so that a breach says what it is.
 * @see schema/PROTOCOL.md 3
 */
import { type SortKey, compareBytes, compareDecimals, sortKindOf } from '@hub/schema';

import type { Audit, Fault } from '../audit.ts';
import { printQuestion } from '../ask/answer.ts';
import type { ListOrder } from '../subject/list.ts';
import { shownSortValue } from '../subject/shown.ts';
import type { Subject } from '../subject/subject.ts';

/** Audits of the order. */
export const orderAudits: readonly Audit[] = [
  {
    id: 'ORDER-001',
    level: 'MUST',
    title: { zh: '按值排列', en: 'Rows are ordered by value' },
    proves: {
      zh: '文本和代码按 UTF-8 字节，数按大小，时刻至微秒，升降都对',
      en: 'text and codes by UTF-8 bytes, numbers by size, instants to the microsecond, in both directions',
    },
    source: 'PROTOCOL.md 3',
    remedy: {
      zh: '排序列用字节序（PostgreSQL：COLLATE "C"），数用数值列',
      en: 'order by bytes (PostgreSQL: COLLATE "C"), numbers by a numeric column',
    },
    async run(subject, judge) {
      await eachPair(subject, ({ order, before, after, place }) => {
        if (before[0] === null || after[0] === null || before[0] === after[0]) return;
        const compared = compareValues(order, before[0], after[0]);
        if (compared === 0) return;
        judge.check(order.descending ? compared > 0 : compared < 0, () => breach(place, before, after));
      });
    },
  },
  {
    id: 'ORDER-002',
    level: 'MUST',
    title: { zh: '没有值的排在最后', en: 'Absent values come last' },
    proves: { zh: '升序降序都把没有值的行放在最后', en: 'rows without a value come last in both directions' },
    source: 'PROTOCOL.md 3',
    remedy: {
      zh: '升降都写 NULLS LAST（PostgreSQL 降序默认 NULLS FIRST；MySQL 升序默认在前）',
      en: 'write NULLS LAST in both directions: PostgreSQL’s default for DESC, and MySQL’s for ASC, is first',
    },
    async run(subject, judge) {
      await eachPair(subject, ({ before, after, place }) => {
        if (before[0] !== null && after[0] !== null) return;
        judge.check(!(before[0] === null && after[0] !== null), () => breach(place, before, after));
      });
    },
  },
  {
    id: 'ORDER-003',
    level: 'MUST',
    title: { zh: '同值按 id 的字节升序', en: 'Ties go by the bytes of the id' },
    proves: {
      zh: '值相同的行再按 id 字节升序，升降两种排序都是',
      en: 'rows of one value go by id, ascending by bytes, in both directions',
    },
    source: 'PROTOCOL.md 3',
    remedy: {
      zh: 'ORDER BY 值, id；id 用字节序（COLLATE "C"），降序时 id 仍是升序',
      en: 'ORDER BY value, id with id in byte order (COLLATE "C"), ascending even where the value descends',
    },
    async run(subject, judge) {
      await eachPair(subject, ({ order, before, after, place }) => {
        const isTie = before[0] === null || after[0] === null ? before[0] === after[0] : compareValues(order, before[0], after[0]) === 0;
        if (isTie) judge.check(compareBytes(before[1], after[1]) < 0, () => breach(place, before, after));
      });
    },
  },
  {
    id: 'ORDER-004',
    level: 'MUST',
    title: { zh: '各种排序是同样的行', en: 'Every order holds the same rows' },
    proves: { zh: '换一种排序，行不多也不少', en: 'another order neither adds nor loses a row' },
    source: 'PROTOCOL.md 3',
    remedy: { zh: '排序不得筛掉没有值的行', en: 'an order must not drop the rows without a value' },
    async run(subject, judge) {
      for (const { list, rows, complete } of await subject.samples()) {
        if (!complete) continue;
        const expected = rows.map(({ id }) => id).toSorted(compareBytes);
        for (const order of list.orders) {
          const reading = await subject.inOrder(list, order);
          if (!reading.ended) continue;
          const answered = reading.rows.map(({ id }) => id).toSorted(compareBytes);
          judge.same(printQuestion(reading.question), { answered, expected });
        }
      }
    },
  },
];

interface Pair {
  readonly order: ListOrder;
  readonly before: SortKey;
  readonly after: SortKey;
  readonly place: string;
}

/** Neighbours of every list in every order, by the values that the rows show; where those are hidden, by their cursors. */
async function eachPair(subject: Subject, judge: (pair: Pair) => void): Promise<void> {
  for (const { list } of await subject.samples()) {
    for (const order of list.orders) {
      const reading = await subject.inOrder(list, order);
      const keys = reading.rows.map((row): SortKey => [shownSortValue(order, row.node), row.id]);
      for (const [index, after] of keys.entries()) {
        const before = keys[index - 1];
        if (before !== undefined)
          judge({ order, before, after, place: `${printQuestion(reading.question)}  第 ${index} 与 ${index + 1} 行 rows` });
      }
    }
  }
}

function compareValues({ field }: ListOrder, a: string, b: string): number {
  return sortKindOf(field?.graphType ?? 'DateTime') === 'decimal' ? compareDecimals(a, b) : compareBytes(a, b);
}

function breach(place: string, before: SortKey, after: SortKey): Fault {
  return { asked: place, answered: `${JSON.stringify(before)}, ${JSON.stringify(after)}`, expected: '反过来的次序  the other way round' };
}
