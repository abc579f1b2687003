/**
 * SEAL: what is sealed is as if it were not there, by rows, fields, counts and relations. Judged from the outside: by lots whose
 * opening lies ahead or whose result is not known, and by what is shown of others.
 * @see schema/PROTOCOL.md 5
 */
import { type Dataset, type Field, type Milestone, type Seal, plural } from '@hub/schema';

import type { Audit, Words } from '../audit.ts';
import type { Judge } from '../judge.ts';
import { type Question, printQuestion } from '../ask/answer.ts';
import { at, isObject, listAt } from '../ask/json-value.ts';
import { type List, pageQuestion } from '../subject/list.ts';
import { type Lot, closedLots, isClosed, lotCodes, lotsOf } from '../subject/lots.ts';
import type { Subject } from '../subject/subject.ts';

const source = 'PROTOCOL.md 5';
const noLots: Words = { zh: '没有尚未开标（或未出结果）的标的', en: 'there is no lot that is still to be opened or decided' };
const noSeals: Words = { zh: '本系统的契约没有封存的内容', en: 'nothing in the system’s contracts is sealed' };

/** Audits of seals. */
export const sealAudits: readonly Audit[] = [
  {
    id: 'SEAL-001',
    level: 'MUST',
    title: { zh: '封存的行读不到、数不到', en: 'Sealed rows are neither read nor counted' },
    proves: {
      zh: '标的开标（或出结果）之前，其投标、评委等行不在列表，也不在总数',
      en: 'before a lot’s opening (or result) its bids, evaluators and so on are neither in the list nor in its count',
    },
    source,
    remedy: {
      zh: '在唯一的读取条件里加上封存，由数据库时钟判断，列表、总数、单条、关系同用',
      en: 'put the seal into the one condition all reading goes through, judged by the database’s clock',
    },
    async run(subject, judge) {
      await eachSeal(subject, judge, async ({ list, seal, lots }) => {
        const filter = filterOf(seal, lots);
        const asked = pageQuestion(list, { filter, first: 101, selection: selectionOf(list, seal) });
        const question: Question = { ...asked, query: asked.query.replace('pageInfo {', 'totalCount pageInfo {') };
        const data = await subject.endpoint.data(question);
        const codes = new Set(lots.map(({ code }) => code));
        const shown = listAt(data, 'page', 'edges').filter((edge) => {
          const node = at(edge, 'node');
          return (
            seal.lotIn === undefined ||
            lotCodes(list.dataset, seal, { id: '', cursor: '', node: isObject(node) ? node : {} }).some((code) => codes.has(code))
          );
        });
        judge.check(shown.length === 0, () => ({
          asked: printQuestion(question),
          answered: `${shown.length} 行 rows: ${JSON.stringify(shown[0])}`,
          expected: '没有行  no rows',
        }));
        // Of lots named within their project the filter may take others too.
        if (seal.lotIn === undefined) judge.same(printQuestion(question), { answered: at(data, 'page', 'totalCount'), expected: 0 });
      });
    },
  },
  {
    id: 'SEAL-002',
    level: 'MUST',
    title: { zh: '看得见的行都已启封', en: 'Every row shown is unsealed' },
    proves: {
      zh: '列出的每个投标、评委，其全部标的确已开标（或出结果）；没有写明标的的行不列',
      en: 'of every bid and evaluator shown all lots are open (or decided); rows that name no lot are not shown',
    },
    source,
    remedy: {
      zh: '不知开标时间的标的一直封存；一行涉及几个标的时，要全部启封',
      en: 'a lot whose opening is not known stays sealed; a row of several lots waits for all',
    },
    async run(subject, judge) {
      const samples = (await subject.samples()).filter(({ list }) => list.dataset.sealed !== undefined);
      if (samples.length === 0) judge.nothing(noSeals);
      for (const { list, rows } of samples) {
        const { sealed } = list.dataset;
        if (sealed === undefined) continue;
        const looked = rows.slice(0, 101).map((row) => ({ row, codes: lotCodes(list.dataset, sealed, row) }));
        const lots = await lotsOf(subject, [...new Set(looked.flatMap(({ codes }) => codes))]);
        for (const { row, codes } of looked) {
          const closed = codes.filter((code) => lots.get(code)?.some((lot) => isClosed(lot, sealed.until)) ?? true);
          judge.check(codes.length > 0 && closed.length === 0, () => ({
            asked: `${list.root} ${row.id} (@sealed until ${sealed.until})`,
            answered:
              codes.length === 0
                ? '没有写明标的  names no lot'
                : `${closed.join(', ')}: ${JSON.stringify(lots.get(closed[0] ?? '') ?? '不知其开标 opening unknown')}`,
            expected: '不列出  not shown',
          }));
        }
      }
    },
  },
  {
    id: 'SEAL-003',
    level: 'MUST',
    title: { zh: '封存的字段是空的', en: 'Sealed fields are empty' },
    proves: {
      zh: '开标（或出结果）之前，投标人数、唱标内容等为 null 或空列表，统计也不计',
      en: 'before the opening (or result) the number of bidders and the like are null or empty, in statistics too',
    },
    source,
    remedy: {
      zh: '解析字段时看标的是否启封，未启封答 null（列表答空）；统计只加已启封的',
      en: 'answer null (lists: empty) until the lot is unsealed; sum only what is',
    },
    async run(subject, judge) {
      const fields = subject.lists.flatMap((list) =>
        list.fields.flatMap((field) => (field.sealed === undefined ? [] : [{ list, field, seal: field.sealed }])),
      );
      if (fields.length === 0) judge.nothing(noSeals);
      for (const { list, field, seal } of fields) await judgeField(subject, { list, field, seal, judge });
      await judgeStatistics(subject, judge);
    },
  },
  {
    id: 'SEAL-004',
    level: 'MUST',
    title: { zh: '关系不通向封存的行', en: 'No relation leads to sealed rows' },
    proves: { zh: '从标的、项目沿关系也走不到未启封的行', en: 'no row that is sealed is reached from its lot or project' },
    source,
    remedy: { zh: '关系与列表用同一读取条件', en: 'let relations read under the same condition as lists' },
    async run(subject, judge) {
      await eachSeal(subject, judge, async ({ list: { dataset }, seal, lots }) => {
        if (seal.lotIn !== undefined) return;
        for (const list of subject.lists) {
          for (const field of leadingTo(list, dataset, seal)) {
            const from = field.relation?.from ?? '';
            const question = pageQuestion(list, {
              filter: { [from]: { in: lots.map(({ code }) => code) } },
              first: 101,
              selection: `id there: ${field.name} { id }`,
            });
            for (const edge of listAt(await subject.endpoint.data(question), 'page', 'edges')) {
              const there = at(edge, 'node', 'there');
              const isEmpty = there === null || (Array.isArray(there) && there.length === 0);
              judge.check(isEmpty, () => ({
                asked: printQuestion(question),
                answered: JSON.stringify(edge),
                expected: `${field.name}: []`,
              }));
            }
          }
        }
      });
    },
  },
];

interface Sealed {
  readonly list: List;
  readonly seal: Seal;
  readonly lots: readonly Lot[];
}

/** Sealed datasets, each with lots that must still be closed. */
async function eachSeal(subject: Subject, judge: Judge, judgeOne: (sealed: Sealed) => Promise<void>): Promise<void> {
  const sealed = subject.lists.flatMap((list) => (list.dataset.sealed === undefined ? [] : [{ list, seal: list.dataset.sealed }]));
  if (sealed.length === 0) judge.nothing(noSeals);
  const closed = new Map<Milestone, readonly Lot[]>();
  for (const { list, seal } of sealed) {
    const lots = closed.get(seal.until) ?? (await closedLots(subject, seal.until));
    closed.set(seal.until, lots);
    if (lots.length === 0) judge.nothing(noLots);
    else await judgeOne({ list, seal, lots });
  }
}

async function judgeField(
  subject: Subject,
  { list, field, seal, judge }: { readonly list: List; readonly field: Field; readonly seal: Seal; readonly judge: Judge },
): Promise<void> {
  const lots = await closedLots(subject, seal.until);
  if (lots.length === 0) return judge.nothing(noLots);
  const own = list.selections.get(field.name) ?? '';
  const question = pageQuestion(list, { filter: filterOf(seal, lots), first: 101, selection: `${selectionOf(list, seal)} ${own}` });
  const codes = new Set(lots.map(({ code }) => code));
  for (const edge of listAt(await subject.endpoint.data(question), 'page', 'edges')) {
    const told = at(edge, 'node');
    const node = isObject(told) ? told : {};
    if (!lotCodes(list.dataset, seal, { id: '', cursor: '', node }).some((code) => codes.has(code))) continue;
    const value = node[field.name];
    judge.check(value === null || (Array.isArray(value) && value.length === 0), () => ({
      asked: `${printQuestion(question)} → ${list.dataset.type}.${field.name}`,
      answered: JSON.stringify(node),
      expected: field.list ? '[]' : 'null',
    }));
  }
}

async function judgeStatistics(subject: Subject, judge: Judge): Promise<void> {
  const lots = await closedLots(subject, 'OPENING');
  if (lots.length === 0) return;
  const filter = { lotCode: { in: lots.map(({ code }) => code) } };
  const question = {
    query: 'query Bidders($filter: DealFilter) { statistics: dealStatistics(filter: $filter, by: []) { groups { bidders } } }',
    variables: { filter },
  };
  for (const group of listAt(await subject.endpoint.data(question), 'statistics', 'groups')) {
    judge.same(printQuestion(question), { answered: at(group, 'bidders'), expected: null });
  }
}

/** Relations of a list's rows, found by the lot, that lead to a sealed dataset. */
function leadingTo(list: List, sealed: Dataset, { lot }: Seal): readonly Field[] {
  return list.dataset.fields.filter(({ graphType, relation }) => {
    const from = list.fields.find(({ name, indexed, sealed: own }) => name === relation?.from && indexed && own === undefined);
    return graphType === sealed.type && relation?.to === lot && from !== undefined && list.root !== plural(sealed.type);
  });
}

function filterOf({ lot, lotIn }: Seal, lots: readonly Lot[]): Readonly<Record<string, unknown>> {
  if (lotIn === undefined) return { [lot]: { in: lots.map(({ code }) => code) } };
  return { [lotIn]: { in: [...new Set(lots.map(({ code }) => code.split('/')[0] ?? ''))] } };
}

function selectionOf(list: List, { lot, lotIn }: Seal): string {
  return ['id', lot, ...(lotIn === undefined ? [] : [lotIn])].filter((name) => name === 'id' || list.selections.has(name)).join(' ');
}
