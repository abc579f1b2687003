/**
 * READ, TYPE, ID, COVER: rows can be read in full, hold what the contract says, and are the system's own.
 * @see schema/PROTOCOL.md 1, 4, 9
 */
import { decodeRecordId } from '@hub/schema';
import { isObjectType } from 'graphql';

import type { Audit } from '../audit.ts';
import { at, isObject, listAt } from '../ask/json-value.ts';
import { pageQuestion } from '../subject/list.ts';
import { typeFaults } from '../subject/type-faults.ts';
import { printQuestion } from '../ask/answer.ts';

const noCode = { zh: '不知本系统的代码，请用 --system 指明', en: 'the code of the system is not known: give it with --system' };

/** Audits of records. */
export const recordAudits: readonly Audit[] = [
  {
    id: 'READ-001',
    level: 'MUST',
    title: { zh: '每个列表都读得出', en: 'Every list can be read' },
    proves: {
      zh: '选中契约的全部字段，一页 101 行，答得出而没有错误',
      en: 'all fields of the contract, 101 rows a page, without an error',
    },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '看所列问题的错误；列表的任何字段都要答得出', en: 'see the errors told: every field of a list must be answered' },
    async run(subject, judge) {
      const unread = await subject.unread();
      for (const { fault } of unread) judge.check(false, () => fault);
      for (const { list } of await subject.samples()) judge.check(true, () => ({ asked: list.root, answered: '', expected: '' }));
    },
  },
  {
    id: 'TYPE-001',
    level: 'MUST',
    title: { zh: '值合契约的类型', en: 'Values have the contract’s types' },
    proves: {
      zh: '非空字段有值，列表是列表，枚举与数各得其形',
      en: 'non-null fields have values, lists are lists, enums and numbers are what they are said to be',
    },
    source: 'PROTOCOL.md 9',
    remedy: {
      zh: '所列字段按契约的类型作答；不合的整份答案会被弃用',
      en: 'answer the field as typed; an answer that does not fit is dropped as a whole',
    },
    async run(subject, judge) {
      for (const { list, rows } of await subject.samples()) {
        const type = subject.schema.getType(list.dataset.type);
        if (!isObjectType(type)) continue;
        for (const { id, node } of rows) {
          const faults = typeFaults(type, node, list.dataset.type);
          judge.check(faults.length === 0, () => ({
            asked: `${list.root} ${id}`,
            answered: faults.join('; '),
            expected: '契约的类型  the contract’s types',
          }));
        }
      }
    },
  },
  {
    id: 'ID-001',
    level: 'MUST',
    title: { zh: '标识是本系统的', en: 'Ids are the system’s own' },
    proves: {
      zh: '每个 id 拆得开，系统是自己，类型是列表的类型',
      en: 'every id can be taken apart into this system, the type of its list and a key',
    },
    source: 'PROTOCOL.md 1, 9',
    remedy: {
      zh: 'id 用 base64url(系统:类型:键)，系统写自己的代码；有别的系统的 id，整份答案被弃用',
      en: 'write base64url(system:Type:key) with your own code; another’s id makes the whole answer void',
    },
    async run(subject, judge) {
      if (subject.system === '') return judge.nothing(noCode);
      for (const { list, rows } of await subject.samples()) {
        for (const { id } of rows) {
          const told = decodeRecordId(id);
          judge.check(told?.system === subject.system && told.type === list.dataset.type, () => ({
            asked: `${list.root} { id }`,
            answered: `${id} → ${told === undefined ? '拆不开 no id' : `${told.system}:${told.type}:…`}`,
            expected: `${subject.system}:${list.dataset.type}:…`,
          }));
        }
      }
    },
  },
  {
    id: 'ID-002',
    level: 'MUST',
    title: { zh: '记录注明本系统', en: 'Records name this system' },
    proves: { zh: 'system.code 与 id 中的系统一致', en: 'system.code is the system of the id' },
    source: 'PROTOCOL.md 9',
    remedy: { zh: 'system 只写自己', en: 'let system be yourself' },
    async run(subject, judge) {
      if (subject.system === '') return judge.nothing(noCode);
      for (const { list, rows } of await subject.samples()) {
        for (const { id, node } of rows) {
          const code = at(node, 'system', 'code');
          judge.check(code === subject.system || code === undefined, () => ({
            asked: `${list.root} ${id} { system { code } }`,
            answered: String(code),
            expected: subject.system,
          }));
        }
      }
    },
  },
  {
    id: 'ID-003',
    level: 'MUST',
    title: { zh: '一个列表里标识不重', en: 'No id comes twice in a list' },
    proves: { zh: '翻页读到的每个 id 只有一次', en: 'every id read through the pages comes once' },
    source: 'PROTOCOL.md 1, 3',
    remedy: { zh: '键须唯一；翻页从 after 之后接着，不重给', en: 'make keys unique, and go on strictly after the cursor' },
    async run(subject, judge) {
      for (const { list, rows } of await subject.samples()) {
        for (const [id, same] of Map.groupBy(rows, (row) => row.id)) {
          judge.check(same.length === 1, () => ({
            asked: `${list.root}, ${rows.length} 行 rows`,
            answered: `${id} × ${same.length}`,
            expected: '× 1',
          }));
        }
      }
    },
  },
  {
    id: 'COVER-001',
    level: 'MUST',
    title: { zh: '覆盖只写自己', en: 'Coverage names itself alone' },
    proves: {
      zh: 'complete: true，answered 只有自己，missing 为空，late: false',
      en: 'complete: true, itself the only one answered, none missing, late: false',
    },
    source: 'PROTOCOL.md 9',
    remedy: { zh: '系统只为自己作答：覆盖写死为自己、完整', en: 'a system answers for itself alone: say so' },
    async run({ endpoint, lists, system }, judge) {
      for (const list of lists) {
        const question = pageQuestion(list, { first: 1 });
        const query = question.query.replace('pageInfo {', 'coverage { complete answered { code } missing { reason } } pageInfo {');
        const data = await endpoint.data({ ...question, query });
        const coverage = at(data, 'page', 'coverage');
        const own = { complete: true, answered: [{ code: system }], missing: [] };
        judge.same(printQuestion({ ...question, query }), { answered: isObject(coverage) ? coverage : null, expected: own });
        for (const edge of listAt(data, 'page', 'edges')) {
          judge.check(at(edge, 'late') === false, () => ({
            asked: `${list.root} { edges { late } }`,
            answered: String(at(edge, 'late')),
            expected: 'false',
          }));
        }
      }
    },
  },
];
