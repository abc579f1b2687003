/**
 * ENT and CODE: one record by its id or its business code.
 * @see schema/PROTOCOL.md 1, 4, 9
 */
import { decodeRecordId, encodeRecordId, singular } from '@hub/schema';

import type { Audit } from '../audit.ts';
import type { Judge } from '../judge.ts';
import { type Answer, type Question, faultOf, printQuestion } from '../ask/answer.ts';
import { at, listAt, textAt } from '../ask/json-value.ts';
import { shownTexts } from '../subject/shown.ts';
import type { Sample, Subject } from '../subject/subject.ts';

const perType = 20;
const noSuchKey = 'conformance-no-such-record';

/** Audits of entities and single records. */
export const entityAudits: readonly Audit[] = [
  {
    id: 'ENT-001',
    level: 'MUST',
    title: { zh: '按标识取实体', en: 'Entities by id' },
    proves: {
      zh: '_entities 按所问的次序、个数答出列表里的记录，混着几类、重复问也一样',
      en: '_entities gives the records of the lists in the order and number asked, types mixed and ids repeated',
    },
    source: 'PROTOCOL.md 9; Apollo Federation 2 «_entities»',
    remedy: {
      zh: '第 n 个答案对第 n 个所问；批量查出后按所问的次序排回',
      en: 'the nth answer is for the nth question: sort what a batch found back into that order',
    },
    async run(subject, judge) {
      const rows = (await subject.samples()).flatMap(({ list, rows: all }) =>
        all.slice(0, perType).map(({ id }) => ({ __typename: list.dataset.type, id })),
      );
      // Neither the order of the lists nor that of the ids, and some twice.
      const mixed = rows
        .map((row, index) => ({ row, place: (index * 7919) % 1009 }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ row }) => row);
      for (let from = 0; from < mixed.length; from += 100) {
        const group = mixed.slice(from, from + 100);
        const asked = [...group, ...group.slice(0, 3)];
        const question = entitiesQuestion(asked);
        const entities = entitiesOf(await subject.endpoint.data(question));
        judge.same(printQuestion(question), { answered: entities, expected: asked });
      }
    },
  },
  {
    id: 'ENT-002',
    level: 'MUST',
    title: { zh: '没有的实体是 null', en: 'Entities that are not there are null' },
    proves: {
      zh: '不存在的、别的系统的标识在原位答 null，不是错误，旁边的照答',
      en: 'ids of no record and of other systems are null in their place, no error, and their neighbours are answered',
    },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '查不到就答 null；不要报错，也不要跳过', en: 'answer null; neither an error nor a gap' },
    async run({ endpoint, system, samples }, judge) {
      for (const { list, rows } of (await samples()).slice(0, perType)) {
        const { type } = list.dataset;
        const known = rows[0]?.id ?? '';
        const ids = [
          encodeRecordId({ system: system || 'system', type, key: noSuchKey }),
          known,
          encodeRecordId({ system: 'conformance-other', type, key: decodeRecordId(known)?.key ?? 'x' }),
        ];
        const question = entitiesQuestion(ids.map((id) => ({ __typename: type, id })));
        const answer = await endpoint.ask(question);
        judge.check(answer.errors.length === 0, () => faultOf(question, answer, '没有错误  no errors'));
        judge.same(printQuestion(question), { answered: entitiesOf(answer.data), expected: [null, { __typename: type, id: known }, null] });
      }
    },
  },
  {
    id: 'ENT-003',
    level: 'MUST',
    title: { zh: '类型不符的标识不取', en: 'An id of another type gives nothing' },
    proves: {
      zh: '以甲类之名问乙类的标识得 null，至多 ID_INVALID，决不给出记录',
      en: 'an id asked under another type is null, with ID_INVALID at the most, never a record',
    },
    source: 'PROTOCOL.md 1, 8, 9',
    remedy: { zh: '取之前核对 id 中的类型', en: 'check the type in the id before looking up' },
    async run({ endpoint, samples }, judge) {
      const all = await samples();
      for (const [index, { list }] of all.slice(0, perType).entries()) {
        const other = all[(index + 1) % all.length];
        const id = other?.rows[0]?.id;
        if (other === undefined || id === undefined || other.list === list) continue;
        const question = entitiesQuestion([{ __typename: list.dataset.type, id }]);
        const answer = await endpoint.ask(question);
        judge.check(isNothing(answer, listAt(answer.data, 'entities')[0] ?? null), () =>
          faultOf(question, answer, 'null，至多 ID_INVALID'),
        );
      }
    },
  },
  {
    id: 'ENT-004',
    level: 'MUST',
    title: { zh: '按标识取一条', en: 'Single records by id' },
    proves: {
      zh: '列表里的记录按 id 取得，内容相同；没有的是 null；不是标识的至多 ID_INVALID',
      en: 'a record of a list is found by its id and says the same; what is not there is null; what is no id gets ID_INVALID at the most',
    },
    source: 'PROTOCOL.md 1, 9',
    remedy: { zh: 'single(id:) 与列表用同一读取路径', en: 'let single(id:) read the way the list does' },
    async run({ endpoint, system, samples }, judge) {
      for (const { list, rows } of await samples()) {
        const { type } = list.dataset;
        const ask = (id: string): Question => ({
          query: `query One($id: ID!) { one: ${singular(type)}(id: $id) { ${list.selection} } }`,
          variables: { id },
        });
        for (const { id, node } of [rows[0], rows.at(-1)].filter((row) => row !== undefined)) {
          const data = await endpoint.data(ask(id));
          judge.same(printQuestion(ask(id)), { answered: data['one'], expected: node });
        }
        for (const id of [encodeRecordId({ system: system || 'system', type, key: noSuchKey }), 'no id', '']) {
          const answer = await endpoint.ask(ask(id));
          const found = at(answer.data, 'one') ?? null;
          const isFit = id.includes(' ') || id === '' ? isNothing(answer, found) : found === null && answer.errors.length === 0;
          judge.check(isFit, () => faultOf(ask(id), answer, 'null'));
        }
      }
    },
  },
  {
    id: 'ENT-005',
    level: 'MUST',
    title: { zh: '共享登记按编号作答', en: 'A shared register answers by its code' },
    proves: {
      zh: '{ __typename, 编号 } 得到那一条，没有登记的是 null',
      en: '{ __typename, code } gives the record, null for what is not registered',
    },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '给按键字段登记的数据集加上按编号的 __resolveReference', en: 'resolve references by the code as well as by the id' },
    async run(subject, judge) {
      const registers = (await subject.samples()).filter(({ list: { dataset } }) => dataset.byFields && dataset.byCode !== undefined);
      if (registers.length === 0) judge.nothing({ zh: '本系统不提供按编号登记的数据集', en: 'the system holds no register by code' });
      for (const { list, rows } of registers) {
        const code = list.dataset.byCode ?? '';
        const asked = rows.slice(0, perType).map(({ node }) => ({ __typename: list.dataset.type, [code]: node[code] }));
        const question = entitiesQuestion([...asked, { __typename: list.dataset.type, [code]: '000000000000000000' }]);
        const entities = entitiesOf(await subject.endpoint.data(question));
        const expected = [...rows.slice(0, perType).map(({ id }) => ({ __typename: list.dataset.type, id })), null];
        judge.same(printQuestion(question), { answered: entities, expected });
      }
    },
  },
  {
    id: 'CODE-001',
    level: 'MUST',
    title: { zh: '按业务编号取一条', en: 'Records by business code' },
    proves: {
      zh: '不分大小写都找到同一条；几条时给原件或 CODE_CONFLICT；没有的是 null',
      en: 'found whatever the case; of several the original, or CODE_CONFLICT; null for what is not there',
    },
    source: 'PROTOCOL.md 1, 4, 9',
    remedy: {
      zh: '比较前两边都转为大写；只在分不出原件时报 CODE_CONFLICT',
      en: 'compare in upper case; CODE_CONFLICT only where no original can be told',
    },
    async run(subject, judge) {
      for (const sample of await subject.samples()) await judgeCodes(subject, sample, judge);
    },
  },
];

async function judgeCodes({ endpoint }: Subject, { list, rows }: Sample, judge: Judge): Promise<void> {
  const { dataset } = list;
  const field = list.fields.find(({ name }) => name === dataset.byCode);
  if (field === undefined) return;
  const ask = (code: string): Question => ({
    query: `query One($code: String!) { one: ${singular(dataset.type)}ByCode(code: $code) { id ${field.name} } }`,
    variables: { code },
  });
  const coded = rows.filter(({ node }) => shownTexts(field, node[field.name]).length === 1);
  for (const { node } of coded.slice(0, perType)) {
    const [code = ''] = shownTexts(field, node[field.name]);
    for (const written of [code, code.toLowerCase()]) {
      const answer = await endpoint.ask(ask(written));
      const found = textAt(answer.data, 'one', field.name).toUpperCase();
      const isConflict = answer.errors.length > 0 && answer.errors.every((error) => error.code === 'CODE_CONFLICT');
      judge.check(found === code || isConflict, () => faultOf(ask(written), answer, `${field.name}: ${code}，或 or CODE_CONFLICT`));
    }
  }
  const none = ask('CONFORMANCE-NO-SUCH-CODE');
  const answer = await endpoint.ask(none);
  judge.check(at(answer.data, 'one') === null && answer.errors.length === 0, () => faultOf(none, answer, 'null'));
}

/** Null, with no error or ID_INVALID. */
function isNothing({ errors, status }: Answer, found: unknown): boolean {
  return found === null && status < 500 && errors.every(({ code }) => code === 'ID_INVALID' || code === 'QUERY_INVALID');
}

type Representation = Readonly<Record<string, unknown>> & { readonly __typename: string };

function entitiesQuestion(representations: readonly Representation[]): Question {
  // Some types’ ids are nullable: fields of one name must be of one type, so each has a name of its own.
  const types = [...new Set(representations.map(({ __typename }) => __typename))].map((type) => `... on ${type} { id${type}: id }`);
  const query = `query Entities($representations: [_Any!]!) { entities: _entities(representations: $representations) { __typename ${types.join(' ')} } }`;
  return { query, variables: { representations } };
}

/** Each with its type and id alone. */
function entitiesOf(data: unknown): readonly unknown[] {
  return listAt(data, 'entities').map((entity) => {
    const type = textAt(entity, '__typename');
    return entity === null ? null : { __typename: type, id: at(entity, `id${type}`) };
  });
}
