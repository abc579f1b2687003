/**
 * SDL: what the endpoint says it serves is what its contracts expand to; it may add, not remove or retype.
 * @see schema/PROTOCOL.md 9
 */
import { isHeldBySystems, law } from '@hub/schema';
import { parse } from 'graphql';

import type { Audit } from '../audit.ts';
import type { Judge } from '../judge.ts';
import { faultOf } from '../ask/answer.ts';
import { listAt, textAt } from '../ask/json-value.ts';
import { additions, differences } from '../subject/compare-served.ts';
import { type Served, isStub, readServed } from '../subject/served.ts';
import type { Subject } from '../subject/subject.ts';

/** Contracts as they expand, read once. */
const expanded = new Map<string, Served>();
const service = { query: '{ _service { sdl } }' };
const unreadable = { zh: '服务的 SDL 读不出，见 SDL-001', en: 'the SDL cannot be read, see SDL-001' };

/** Audits of the SDL. */
export const sdlAudits: readonly Audit[] = [
  {
    id: 'SDL-001',
    level: 'MUST',
    title: { zh: '提供自己的 SDL', en: 'Serves its SDL' },
    proves: {
      zh: '_service 给出可读的联邦 2 SDL，其中有契约的列表',
      en: '_service gives federation 2 SDL that can be read and has lists of a contract',
    },
    source: 'PROTOCOL.md 9; Apollo Federation 2 subgraph specification',
    remedy: {
      zh: '实现 _service { sdl }，原样返回子图的 SDL（含 @link 与 @key）',
      en: 'implement _service { sdl } with the SDL of the subgraph, @link and @key included',
    },
    async run({ endpoint, contracts }, judge) {
      const answer = await endpoint.ask(service);
      const sdl = textAt(answer.data, '_service', 'sdl');
      const read = readSdl(sdl);
      judge.check(read !== undefined, () => faultOf(service, answer, '可读的 SDL  SDL that can be parsed'));
      if (read === undefined) return;
      const links = read.schema.filter((directive) => /federation\/v2\./.test(directive));
      judge.check(links.length > 0, () => faultOf(service, answer, 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.…")'));
      judge.check(contracts.length > 0, () => faultOf(service, answer, '至少一个契约的列表  lists of one contract at least'));
    },
  },
  {
    id: 'SDL-002',
    level: 'MUST',
    title: { zh: '契约一处不少、一处不改', en: 'Nothing of a contract is missing or changed' },
    proves: {
      zh: '契约的每个类型、字段、参数、取值都在，类型与默认值相同',
      en: 'every type, field, argument and value of the contracts is there, with its type and default',
    },
    source: 'PROTOCOL.md 9',
    remedy: {
      zh: '按契约补上或改回所列之处；契约由 expandContract 展开，不要手写',
      en: 'add or restore what is named; take the SDL that the contract expands to instead of writing it',
    },
    async run({ due, served }, judge) {
      if (served === undefined) return judge.nothing(unreadable);
      const { judged, found } = differences(due, served);
      tell(judge, { judged, found });
    },
  },
  {
    id: 'SDL-003',
    level: 'MUST',
    title: { zh: '联邦的键与共用标记', en: 'Federation keys and shared types' },
    proves: {
      zh: '数据集带 @key，共用的值类型带 @shareable，网关才能按标识取回记录',
      en: 'datasets carry @key and value types @shareable, so that the gateway can fetch records by id',
    },
    source: 'PROTOCOL.md 9; Apollo Federation 2',
    remedy: { zh: '照契约写上所列指令', en: 'write the directives named, as the contract has them' },
    async run({ due, served }, judge) {
      if (served === undefined) return judge.nothing(unreadable);
      for (const [name, type] of due.types) {
        const given = served.types.get(name);
        if (given === undefined || isStub(type)) continue;
        for (const directive of type.directives) {
          if (!/^@(key|shareable)\b/.test(directive)) continue;
          judge.check(given.directives.has(directive), () => ({
            asked: `type ${name}`,
            answered: [...given.directives].join(' ') || '（无指令 none）',
            expected: directive,
          }));
        }
      }
    },
  },
  {
    id: 'SDL-004',
    level: 'MUST',
    title: { zh: '多出的不碍事', en: 'Additions do no harm' },
    proves: {
      zh: '多出的字段可空、参数可省、枚举不增值；多出的类型与根字段不与别的契约冲突',
      en: 'added fields are nullable, added arguments optional, enums grow no values; added types and root fields clash with no other contract',
    },
    source: 'PROTOCOL.md 9',
    remedy: {
      zh: '多出的字段改为可空，或换一个全省没有的名字',
      en: 'make what was added nullable, or give it a name that no contract has',
    },
    async run({ due, served, contracts }, judge) {
      if (served === undefined) return judge.nothing(unreadable);
      tell(judge, { judged: due.types.size, found: additions(due, served) });
      const others = law().contracts.filter((one) => isHeldBySystems(one.contract) && !contracts.includes(one));
      for (const { contract, served: text } of others) {
        const other = expanded.get(contract.name) ?? readServed(parse(text));
        expanded.set(contract.name, other);
        const clashing = [...other.types].filter(([name, type]) => isOnlyOfOther({ due, served }, name) && !isStub(type));
        const { found } = differences({ types: new Map(clashing), schema: [] }, served, { partly: true });
        tell(judge, {
          judged: clashing.length,
          found: found.map((one) => ({ ...one, asked: `${one.asked}（契约 contract ${contract.name}）` })),
        });
      }
    },
  },
  {
    id: 'SDL-005',
    level: 'SHOULD',
    title: { zh: '枢纽的指令照抄', en: 'The hub’s directives are kept' },
    proves: {
      zh: '公开范围、路由、合并、排序的指令与契约一致，单独使用本系统的人也看得见',
      en: 'visibility, route, merge and sort stand as in the contract, so that those who use the system alone see them',
    },
    source: 'directives.graphql; graph.md «Who sees what»',
    remedy: { zh: '照契约写上 @visibility @route @merge @sort', en: 'write @visibility @route @merge @sort as in the contract' },
    async run({ due, served }, judge) {
      if (served === undefined) return judge.nothing(unreadable);
      for (const [name, type] of due.types) {
        for (const [field, wanted] of type.fields) {
          const given = served.types.get(name)?.fields.get(field);
          const own = wanted.directives.filter((directive) => /^@(visibility|route|merge|sort)\b/.test(directive));
          if (given === undefined || own.length === 0 || isStub(type)) continue;
          judge.check(
            own.every((directive) => given.directives.includes(directive)),
            () => ({
              asked: `${name}.${field}`,
              answered: given.directives.join(' ') || '（无指令 none）',
              expected: own.join(' '),
            }),
          );
        }
      }
    },
  },
  {
    id: 'SDL-006',
    level: 'SHOULD',
    title: { zh: '内省与 SDL 一致', en: 'Introspection agrees with the SDL' },
    proves: { zh: '实际应答的图就是 SDL 所说的图', en: 'the graph that answers is the one the SDL tells of' },
    source: 'PROTOCOL.md 9; GraphQL specification 4',
    remedy: { zh: 'SDL 由实际运行的图印出，不要另存一份', en: 'print the SDL from the graph that runs; keep no copy' },
    run: judgeIntrospection,
  },
];

async function judgeIntrospection({ endpoint, served }: Subject, judge: Judge): Promise<void> {
  if (served === undefined) return judge.nothing(unreadable);
  const all = '(includeDeprecated: true) { name }';
  const question = { query: `{ __schema { types { name fields${all} inputFields${all} enumValues${all} } } }` };
  const answer = await endpoint.ask(question);
  if (answer.errors.length > 0) return judge.nothing({ zh: '端点不回答内省', en: 'the endpoint answers no introspection' });
  const names = new Map(
    listAt(answer.data, '__schema', 'types').map((type) => [
      textAt(type, 'name'),
      new Set(['fields', 'inputFields', 'enumValues'].flatMap((kind) => listAt(type, kind).map((field) => textAt(field, 'name')))),
    ]),
  );
  for (const [name, type] of served.types) {
    const known = names.get(name);
    const missing = [...type.fields.keys()].filter((field) => !known?.has(field));
    judge.check(known !== undefined && missing.length === 0, () => ({
      asked: `__type(name: "${name}")`,
      answered: known === undefined ? '没有这个类型  no such type' : `没有 lacks ${missing.join(', ')}`,
      expected: 'SDL 所列的全部  all that the SDL lists',
    }));
  }
}

interface Found {
  readonly judged: number;
  readonly found: readonly { readonly asked: string; readonly answered: string; readonly expected: string }[];
}

function tell(judge: Judge, { judged, found }: Found): void {
  for (const one of found) judge.check(false, () => one);
  for (let place = found.length; place < judged; place++) judge.check(true, () => ({ asked: '', answered: '', expected: '' }));
}

/** Types of another contract alone, and the root fields, which all share one type. */
function isOnlyOfOther({ due, served }: { readonly due: Served; readonly served: Served }, name: string): boolean {
  return name === 'Query' || (served.types.has(name) && !due.types.has(name));
}

function readSdl(text: string): Served | undefined {
  try {
    return readServed(parse(text));
  } catch {
    return undefined;
  }
}
