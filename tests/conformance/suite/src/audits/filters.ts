/**
 * FILTER: each kind of filter gives exactly the rows that show what was asked for.
 * @see schema/PROTOCOL.md 2
 */
import { type Field, isIdentifier, printInstant } from '@hub/schema';

import type { Audit, Words } from '../audit.ts';
import type { Judge } from '../judge.ts';
import { faultOf, printQuestion } from '../ask/answer.ts';
import { at, listAt } from '../ask/json-value.ts';
import { judgeFilter } from '../subject/filtered.ts';
import { pageQuestion } from '../subject/list.ts';
import { type CaseOptions, casesOf } from '../subject/operands.ts';
import type { Subject } from '../subject/subject.ts';

const source = 'PROTOCOL.md 2';
const remedy: Words = {
  zh: '对照所列问题：多出的行不该有，少了的行应当有；筛选与所示的值用同一规范形式比较',
  en: 'see the question: rows too many must not come, rows lost must; compare in the canonical form of what is shown',
};
const noValues: Words = { zh: '没有这类字段，或各行都没有值', en: 'there is no such field, or no row has a value' };
const proves: Words = {
  zh: '答的正是显示出该值的行，没有值的行不在内',
  en: 'exactly the rows that show such a value are answered; rows without one are not',
};

const codeTypes: ReadonlySet<string> = new Set(['String', 'Region', 'DateTime', 'Date', 'Int', 'Decimal', 'Money', 'Party', 'Boolean']);
const isText = ({ graphType, list }: Field): boolean => graphType === 'String' && !list;
const isCode = (field: Field): boolean => !codeTypes.has(field.graphType) || (field.graphType === 'String' && field.list);
const isOf =
  (...types: readonly string[]) =>
  ({ graphType, list }: Field): boolean =>
    types.includes(graphType) && !list;

interface Kind extends CaseOptions {
  readonly id: string;
  readonly title: Words;
  /** A filter of this kind may be absent from the contracts served. */
  readonly remedy?: Words;
}

const kinds: readonly Kind[] = [
  { id: 'FILTER-002', title: { zh: '文本等于（in）', en: 'Text: in' }, takes: isText, operators: ['in'] },
  {
    id: 'FILTER-003',
    title: { zh: '文本包含（text），两个汉字即可，不限开头', en: 'Text: text, two characters, anywhere' },
    takes: isText,
    operators: ['text'],
    remedy: {
      zh: '按「包含」查，不是按开头；两个汉字也要查得到（三元组索引查不到）',
      en: 'search anywhere in the text, two characters included: trigram indexes alone do not find them',
    },
  },
  { id: 'FILTER-004', title: { zh: '代码等于（in）', en: 'Codes: in' }, takes: isCode, operators: ['in'] },
  {
    id: 'FILTER-005',
    title: { zh: '标识不分大小写', en: 'Identifiers whatever their case' },
    takes: (field) => isCode(field) && isIdentifier(field),
    operators: ['in'],
    write: ({ operand }) => ({ in: [operand.toLowerCase()] }),
  },
  {
    id: 'FILTER-006',
    title: { zh: '区划等于、在辖内（within）', en: 'Regions: in and within' },
    takes: isOf('Region'),
    operators: ['in', 'within'],
    remedy: {
      zh: 'within 含自身与下级：440600 即 4406 开头的全部',
      en: 'within takes the region itself and all below: 440600 is all of 4406…',
    },
  },
  {
    id: 'FILTER-007',
    title: { zh: '时刻起止（gte、lt）', en: 'Instants: gte and lt' },
    takes: isOf('DateTime'),
    operators: ['gte', 'lt'],
    write: ({ operator, operand }) => ({ [operator]: printInstant(operand) }),
  },
  { id: 'FILTER-008', title: { zh: '日期起止（gte、lt）', en: 'Days: gte and lt' }, takes: isOf('Date'), operators: ['gte', 'lt'] },
  {
    id: 'FILTER-009',
    title: { zh: '数与金额起止（gte、lt）', en: 'Decimals and money: gte and lt' },
    takes: isOf('Decimal', 'Money'),
    operators: ['gte', 'lt'],
    remedy: {
      zh: '金额按元比较，只有真实金额才参与；数按大小，不按文字',
      en: 'compare money in yuan, true amounts only; numbers by size, not as text',
    },
  },
  {
    id: 'FILTER-010',
    title: { zh: '整数等于、起止', en: 'Integers: in, gte and lt' },
    takes: isOf('Int'),
    operators: ['in', 'gte', 'lt'],
    write: ({ operator, operand }) => ({ [operator]: operator === 'in' ? [Number(operand)] : Number(operand) }),
  },
  {
    id: 'FILTER-011',
    title: { zh: '是否', en: 'Booleans' },
    takes: isOf('Boolean'),
    operators: ['in'],
    write: ({ operand }) => operand === 'true',
  },
  {
    id: 'FILTER-012',
    title: { zh: '主体名称', en: 'Parties by name' },
    takes: ({ graphType }) => graphType === 'Party',
    operators: ['in', 'text'],
    write: ({ operator, operand }) => ({ name: operator === 'in' ? { in: [operand] } : { text: operand } }),
  },
  {
    id: 'FILTER-013',
    title: { zh: '主体代码，不分大小写', en: 'Parties by code, whatever its case' },
    takes: ({ graphType }) => graphType === 'Party',
    operators: ['in'],
    part: 'code',
    write: ({ operand }) => ({ code: { in: [operand.toLowerCase()] } }),
  },
];

/** Audits of filters. */
export const filterAudits: readonly Audit[] = [
  {
    id: 'FILTER-001',
    level: 'MUST',
    title: { zh: '筛选不被忽略', en: 'No filter is ignored' },
    proves: { zh: '问没有人有的值，行与总数都是零', en: 'asked for a value that nobody has, rows and count are none' },
    source,
    remedy: {
      zh: '收到的 filter 要用于查询、总数与统计；不认识的条件报错，不可当作没有',
      en: 'apply the filter to rows, count and statistics; refuse what is not known, never drop it',
    },
    run: judgeImpossible,
  },
  ...kinds.map(({ remedy: own = remedy, ...kind }): Audit => ({
    id: kind.id,
    level: 'MUST',
    title: kind.title,
    proves,
    source,
    remedy: own,
    async run(subject, judge) {
      const cases = casesOf(await subject.samples(), kind);
      if (cases.length === 0) judge.nothing(noValues);
      for (const { sample, field, asked, matches } of cases) {
        await judgeFilter(subject.endpoint, sample, { filter: { [field.name]: asked }, matches, judge });
      }
    },
  })),
  {
    id: 'FILTER-014',
    level: 'MUST',
    title: { zh: '不要副本', en: 'Copies left out' },
    proves: {
      zh: 'copies: EXCLUDE 恰留下 origin 为 ORIGINAL 的行',
      en: 'copies: EXCLUDE leaves exactly the rows whose origin is ORIGINAL',
    },
    source: 'PROTOCOL.md 1',
    remedy: { zh: '按 origin 筛选', en: 'filter by origin' },
    async run(subject, judge) {
      for (const sample of await subject.samples()) {
        const matches = ({ node }: { readonly node: Readonly<Record<string, unknown>> }): boolean => node['origin'] === 'ORIGINAL';
        await judgeFilter(subject.endpoint, sample, { filter: { copies: 'EXCLUDE' }, matches, judge });
      }
    },
  },
  {
    id: 'FILTER-015',
    level: 'MUST',
    title: { zh: '几个条件都要满足', en: 'All conditions hold' },
    proves: { zh: '两个字段的条件同时成立，行与总数一致', en: 'conditions on two fields both hold, for rows and for the count' },
    source,
    remedy: { zh: '字段之间是「并且」', en: 'fields are ANDed' },
    run: judgeTogether,
  },
  {
    id: 'FILTER-016',
    level: 'MUST',
    title: { zh: '不合类型的值被拒', en: 'Values that do not fit are refused' },
    proves: {
      zh: '不是时刻、不是日期、不是数、不是区划的值得 FILTER_INVALID，不当作没有',
      en: 'what is no instant, day, number or region gets FILTER_INVALID and is not dropped',
    },
    source: 'PROTOCOL.md 8',
    remedy: {
      zh: '标量按 scalarTexts 的规则读，读不出即 FILTER_INVALID',
      en: 'read scalars by scalarTexts; what cannot be read is FILTER_INVALID',
    },
    run: judgeUnfit,
  },
];

async function judgeImpossible({ endpoint, samples }: Subject, judge: Judge): Promise<void> {
  const nobody = 'conformance-nobody-has-this';
  const impossible: Readonly<Record<string, unknown>> = {
    DateTime: { gte: '9990-01-01T00:00:00+08:00' },
    Date: { gte: '9990-01-01' },
    Decimal: { gte: '9'.repeat(30) },
    Money: { gte: '9'.repeat(30) },
    Int: { gte: 2_147_483_647 },
    Region: { in: ['000000'] },
    Party: { name: { in: [nobody] } },
  };
  for (const { list } of await samples()) {
    for (const field of list.fields.filter(({ indexed, graphType }) => indexed && graphType !== 'Boolean')) {
      const filter = { [field.name]: impossible[field.graphType] ?? { in: [nobody] } };
      const asked = pageQuestion(list, { filter, first: 1 });
      const question = { ...asked, query: asked.query.replace('pageInfo {', 'totalCount pageInfo {') };
      const data = await endpoint.data(question);
      const answered = { rows: listAt(data, 'page', 'edges').length, totalCount: at(data, 'page', 'totalCount') };
      judge.same(printQuestion(question), { answered, expected: { rows: 0, totalCount: 0 } });
    }
  }
}

async function judgeTogether({ endpoint, samples }: Subject, judge: Judge): Promise<void> {
  for (const sample of await samples()) {
    const [one, ...others] = casesOf([sample], { takes: isCode, operators: ['in'] });
    const other = others.at(-1);
    if (one === undefined || other === undefined) continue;
    const filter = { [one.field.name]: one.asked, [other.field.name]: other.asked };
    await judgeFilter(endpoint, sample, { filter, matches: (row) => one.matches(row) && other.matches(row), judge });
  }
}

async function judgeUnfit({ endpoint, lists }: Subject, judge: Judge): Promise<void> {
  const unfit: Readonly<Record<string, unknown>> = {
    DateTime: { gte: '2026-02-30T00:00:00+08:00' },
    Date: { lt: '2026-02-30' },
    Decimal: { gte: 'twelve' },
    Money: { lt: '1,000' },
    Region: { within: 'conformance' },
  };
  for (const [type, operand] of Object.entries(unfit)) {
    const list = lists.find(({ fields }) => fields.some(({ indexed, graphType, list: many }) => indexed && graphType === type && !many));
    const field = list?.fields.find(({ indexed, graphType, list: many }) => indexed && graphType === type && !many);
    if (list === undefined || field === undefined) continue;
    const question = pageQuestion(list, { filter: { [field.name]: operand }, first: 1 });
    const answer = await endpoint.ask(question);
    const isRefused = answer.errors.length > 0 && answer.errors.every(({ code }) => code === 'FILTER_INVALID' || code === 'QUERY_INVALID');
    judge.check(isRefused, () => faultOf(question, answer, 'FILTER_INVALID'));
  }
}
