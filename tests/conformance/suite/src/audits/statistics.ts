/**
 * STAT: statistics agree with the deals themselves, group by group.
 * @see schema/PROTOCOL.md 4, 9
 */
import { addDecimals, canonicalDecimal, compareDecimals, isDecimal, parseInstant, printInstant } from '@hub/schema';

import type { Audit } from '../audit.ts';
import type { Judge } from '../judge.ts';
import { printQuestion } from '../ask/answer.ts';
import { at, isObject, listAt, textAt } from '../ask/json-value.ts';
import { type Group, type GroupReading, groupDeals, readGroups } from '../subject/groups.ts';
import type { Subject } from '../subject/subject.ts';

const source = 'PROTOCOL.md 4, 9';
const noEdge = {
  zh: '没有月初头八小时决定的成交，看不出时区',
  en: 'no deal was decided in the first eight hours of a month, so the time zone does not show',
};
const noDeals = { zh: '没有成交可以核对', en: 'there are no deals to hold the statistics against' };

/** Audits of statistics. */
export const statisticsAudits: readonly Audit[] = [
  {
    id: 'STAT-001',
    level: 'MUST',
    title: { zh: '个数与成交一致', en: 'Counts agree with the deals' },
    proves: {
      zh: '各维度各组的成交数、有价数、投标人数等于逐笔成交之和；只计原件、已决定的',
      en: 'deals, priced and bidders of every group are those of the deals themselves: originals that are decided',
    },
    source,
    remedy: {
      zh: '统计 origin 为 ORIGINAL 且有 decidedAt 的成交，一个标的一笔；筛选条件同列表',
      en: 'count deals with origin ORIGINAL and decidedAt, one a lot, under the filter of the list',
    },
    async run(subject, judge) {
      await eachDimension(subject, judge, ({ question, told, due }) => {
        const counts = ({ direction, key, deals, priced, bidders }: Group): unknown => [direction, key, deals, priced, bidders];
        judge.same(question, { answered: told.map(counts), expected: due.map(counts) });
      });
    },
  },
  {
    id: 'STAT-002',
    level: 'MUST',
    title: { zh: '金额逐分相加', en: 'Money adds up to the last digit' },
    proves: {
      zh: '各组 price、saved 正是逐笔金额的十进制和，没有二进制浮点的误差',
      en: 'price and saved of every group are the exact decimal sums, with no binary rounding',
    },
    source: 'PROTOCOL.md 2, 4; shared.graphql «Decimal»',
    remedy: {
      zh: '用 numeric 或十进制库相加，以文本输出；不要经过 float、double 或 JavaScript 的 number',
      en: 'add with numeric or a decimal library and print text; no float, double or JavaScript number on the way',
    },
    async run(subject, judge) {
      await eachDimension(subject, judge, ({ question, told, due }) => {
        for (const group of due) {
          const got = told.find((one) => one.direction === group.direction && one.key.join('|') === group.key.join('|'));
          if (got === undefined) continue;
          const isSame = sameDecimal(got.price, group.price) && sameDecimal(got.saved, group.saved);
          judge.check(isSame, () => ({
            asked: `${question} → ${group.key.join('|')}`,
            answered: `price ${got.price}, saved ${got.saved}`,
            expected: `price ${group.price}, saved ${group.saved}`,
          }));
        }
      });
    },
  },
  {
    id: 'STAT-003',
    level: 'MUST',
    title: { zh: '月份是东八区的', en: 'Months are those of UTC+8' },
    proves: {
      zh: 'MONTH 的键是 decidedAt 在东八区的 yyyy-MM，月初凌晨的成交不落到上月',
      en: 'the key of MONTH is yyyy-MM of decidedAt in UTC+8: what is decided early on the first is not last month’s',
    },
    source,
    remedy: {
      zh: "按东八区截月（PostgreSQL：at time zone interval '8 hours'），不要用服务器时区",
      en: "cut months in UTC+8 (PostgreSQL: at time zone interval '8 hours'), whatever the server’s zone",
    },
    async run(subject, judge) {
      const reading = await groupDeals(subject, 'MONTH');
      if (reading === undefined) return judge.nothing(noDeals);
      const told = await readGroups(subject, reading);
      const counts = ({ direction, key, deals }: Group): unknown => [direction, key, deals];
      judge.same(printQuestion(reading.question), { answered: told.map(counts), expected: reading.due.map(counts) });
      await judgeMonthEdge(subject, judge);
    },
  },
  {
    id: 'STAT-004',
    level: 'MUST',
    title: { zh: '键的形式', en: 'The form of keys' },
    proves: {
      zh: '每组每维一个键，次序如所问；组不重复；不带维度时每个方向一组',
      en: 'a key for each dimension, in the order asked; no group twice; without dimensions one group a direction',
    },
    source,
    remedy: {
      zh: 'key 按 by 的次序，未知写 -；同键的组合并',
      en: 'keys in the order of «by», - for what is not known; merge groups of one key',
    },
    run: judgeKeys,
  },
];

interface Dimension {
  readonly question: string;
  readonly told: readonly Group[];
  readonly due: readonly Group[];
}

const dimensions = ['CATEGORY', 'STATE', 'REGION', 'TRADING_PLACE', 'SYSTEM'] as const;

async function eachDimension(subject: Subject, judge: Judge, judgeOne: (dimension: Dimension) => void): Promise<void> {
  for (const dimension of dimensions) {
    const reading: GroupReading | undefined = await groupDeals(subject, dimension);
    if (reading === undefined) {
      judge.nothing(noDeals);
      continue;
    }
    judgeOne({ question: printQuestion(reading.question), told: await readGroups(subject, reading), due: reading.due });
  }
}

/** Deals of the first eight hours of a month in UTC+8, which UTC counts to the month before: one at a time. */
async function judgeMonthEdge(subject: Subject, judge: Judge): Promise<void> {
  const deals = (await subject.samples()).find(({ list }) => list.root === 'deals');
  const early = deals?.rows.filter(({ node }) => node['origin'] === 'ORIGINAL' && /-01T0[0-7]:/.test(inChina(node['decidedAt']))) ?? [];
  if (early.length === 0) judge.nothing(noEdge);
  for (const { node } of early.slice(0, 5)) {
    const lot = textAt(node, 'lotCode');
    const question = {
      query:
        'query Months($filter: DealFilter) { statistics: dealStatistics(filter: $filter, by: [MONTH], partial: false) { groups { key { code } } } }',
      variables: { filter: { lotCode: { in: [lot] } } },
    };
    const groups = listAt(await subject.endpoint.data(question), 'statistics', 'groups');
    const months = groups.map((group) => textAt(listAt(group, 'key')[0], 'code'));
    judge.check(months.includes(inChina(node['decidedAt']).slice(0, 7)), () => ({
      asked: printQuestion(question),
      answered: months.join(', '),
      expected: inChina(node['decidedAt']),
    }));
  }
}

async function judgeKeys({ endpoint, lists }: Subject, judge: Judge): Promise<void> {
  if (!lists.some(({ root }) => root === 'deals')) return judge.nothing(noDeals);
  for (const by of [[], ['STATE'], ['MONTH', 'CATEGORY'], ['SYSTEM', 'REGION', 'STATE']]) {
    const question = {
      query: 'query Keys($by: [DealDimension!]!) { statistics: dealStatistics(by: $by) { groups { direction key { code label } price } } }',
      variables: { by },
    };
    const groups = listAt(await endpoint.data(question), 'statistics', 'groups');
    const keys = groups.map((group) => JSON.stringify([at(group, 'direction'), listAt(group, 'key').map((part) => at(part, 'code'))]));
    judge.check(new Set(keys).size === keys.length, () => ({
      asked: printQuestion(question),
      answered: `${keys.length - new Set(keys).size} 组重复 groups twice`,
      expected: '不重复  none twice',
    }));
    for (const group of groups) {
      const codes = listAt(group, 'key').map((part) => (isObject(part) ? part['code'] : undefined));
      const isFit = codes.length === by.length && codes.every((code) => typeof code === 'string' && code !== '');
      judge.check(isFit && isDecimal(textAt(group, 'price')), () => ({
        asked: printQuestion(question),
        answered: JSON.stringify(group),
        expected: `${by.length} 个键 keys, price 为十进制文本 a decimal`,
      }));
    }
  }
}

function inChina(printed: unknown): string {
  const instant = typeof printed === 'string' ? parseInstant(printed) : undefined;
  return instant === undefined ? '' : printInstant(instant);
}

function sameDecimal(told: string | null, due: string | null): boolean {
  if (told === null || due === null) return told === due;
  return isDecimal(told) && compareDecimals(canonicalDecimal(told), addDecimals(due, '0')) === 0;
}
