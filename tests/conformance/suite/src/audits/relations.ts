/**
 * REL: relations inside the system say the same from both ends, and the same as the lists.
 * @see schema/PROTOCOL.md 2, 9; schema/README.md
 */
import { type Field, compareBytes, isIdentifier, plural, singular } from '@hub/schema';

import type { Audit } from '../audit.ts';
import { type Question, faultOf, printQuestion } from '../ask/answer.ts';
import { Unanswered } from '../ask/endpoint.ts';
import { at, listAt, textAt } from '../ask/json-value.ts';
import { type List, pageQuestion } from '../subject/list.ts';
import { shownTexts } from '../subject/shown.ts';
import type { Sample, Subject } from '../subject/subject.ts';

const rowsLooked = [50, 5, 1];
const rowsAsked = 3;
/** Records of one relation of a row that are looked at: a catalogue has thousands. */
const mostFollowed = 100;

/** Audits of relations. */
export const relationAudits: readonly Audit[] = [
  {
    id: 'REL-001',
    level: 'MUST',
    title: { zh: '关系两头一致', en: 'Relations agree from both ends' },
    proves: { zh: '甲的关系里有乙，乙的反向关系里就有甲', en: 'where A leads to B, the inverse of B leads to A' },
    source: 'directives.graphql «@relation»; PROTOCOL.md 9',
    remedy: { zh: '两个方向用同一组字段相连；列表字段逐项比较', en: 'join both ways by the same fields, lists item by item' },
    async run(subject, judge) {
      for (const { list, field, inverse } of await relationsOf(subject)) {
        const selection = `id there: ${field.name} { id back: ${inverse.name} { id } }`;
        const read = await readSome(subject, list, selection);
        if (read === undefined) {
          judge.nothing({
            zh: `${list.root} 的 ${field.name} 太多，一行也放不进一份答案`,
            en: `${field.name} of one row of ${list.root} is too much for an answer`,
          });
          continue;
        }
        const { question, edges } = read;
        for (const edge of edges) {
          const id = textAt(edge, 'node', 'id');
          for (const related of manyOf(at(edge, 'node', 'there')).slice(0, mostFollowed)) {
            const back = manyOf(at(related, 'back')).map((one) => textAt(one, 'id'));
            // Where the inverse is one record of several it may be another.
            const isThere = inverse.list ? back.includes(id) : back.length > 0;
            judge.check(isThere, () => ({
              asked: `${printQuestion(question)} ${list.dataset.type}.${field.name} → ${inverse.name}`,
              answered: `${textAt(related, 'id')} → [${back.slice(0, 5).join(', ')}]`,
              expected: id,
            }));
          }
        }
      }
    },
  },
  {
    id: 'REL-002',
    level: 'MUST',
    title: { zh: '关系与列表一致', en: 'Relations agree with the lists' },
    proves: {
      zh: '关系里的记录正是按同一字段筛选列表得到的',
      en: 'the records of a relation are those that the list gives when filtered by the same field',
    },
    source: 'PROTOCOL.md 2; directives.graphql «@relation»',
    remedy: {
      zh: '关系与列表用同一查询；标识比较不分大小写',
      en: 'let relations read as lists do; identifiers compare whatever their case',
    },
    async run(subject, judge) {
      for (const { list, rows, field, target } of await relationsOf(subject)) {
        const [from, to] = [
          list.fields.find(({ name }) => name === field.relation?.from),
          target.fields.find(({ name }) => name === field.relation?.to),
        ];
        if (!field.list || from === undefined || to === undefined || !canBeAsked(to)) continue;
        const told = rows.map((row) => ({ row, values: shownTexts(from, row.node[from.name]) })).filter(({ values }) => values.length > 0);
        for (const { row, values } of told.slice(0, rowsAsked)) {
          const own = {
            query: `query One($id: ID!) { one: ${singular(list.dataset.type)}(id: $id) { there: ${field.name} { id } } }`,
            variables: { id: row.id },
          };
          const filtered = pageQuestion(target, { first: 101, filter: { [to.name]: { in: values } } });
          const there = listAt(await subject.endpoint.data(own), 'one', 'there').map((one) => textAt(one, 'id'));
          if (there.length > mostFollowed) continue;
          const due = listAt(await subject.endpoint.data(filtered), 'page', 'edges').map((edge) => textAt(edge, 'node', 'id'));
          judge.same(`${printQuestion(own)} = ${printQuestion(filtered)}`, {
            answered: there.toSorted(compareBytes),
            expected: due.toSorted(compareBytes),
          });
        }
      }
    },
  },
];

/** Fewer rows where many are too much for one answer. */
async function readSome(
  { endpoint }: Subject,
  list: List,
  selection: string,
): Promise<{ readonly question: Question; readonly edges: readonly unknown[] } | undefined> {
  for (const first of rowsLooked) {
    const question = pageQuestion(list, { first, selection });
    const answer = await endpoint.ask(question);
    if (answer.errors.length === 0) return { question, edges: listAt(answer.data, 'page', 'edges') };
    if (answer.errors.some(({ code }) => code !== 'QUERY_TOO_LARGE')) throw new Unanswered(faultOf(question, answer, '数据  data'));
  }
  return undefined;
}

interface RelationOf extends Sample {
  readonly field: Field;
  readonly inverse: Field;
  readonly target: Sample['list'];
}

/** Relations of lists with rows, each with its inverse. */
async function relationsOf(subject: Subject): Promise<readonly RelationOf[]> {
  const served = (type: string, { name }: Field): boolean => subject.served?.types.get(type)?.fields.has(name) ?? true;
  return (await subject.samples()).flatMap((sample) =>
    sample.list.dataset.fields.flatMap((field): readonly RelationOf[] => {
      const { relation } = field;
      const target = subject.lists.find(({ root }) => root === plural(field.graphType));
      if (relation === undefined || field.visibility === 'RESTRICTED' || target === undefined || !served(sample.list.dataset.type, field))
        return [];
      const inverse = target.dataset.fields.find(
        (other) =>
          other.graphType === sample.list.dataset.type && other.relation?.from === relation.to && other.relation.to === relation.from,
      );
      return inverse === undefined || !served(field.graphType, inverse) ? [] : [{ ...sample, field, inverse, target }];
    }),
  );
}

/** A relation is one record, none, or a list. */
function manyOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function canBeAsked(field: Field): boolean {
  return field.indexed && field.sealed === undefined && (isIdentifier(field) || field.graphType === 'String');
}
