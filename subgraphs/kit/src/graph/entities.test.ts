import { encodeRecordId } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestGraph, serveTestGraph } from '../testing/test-graph.ts';
import { put, tell } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

import type { SystemStore } from './context.ts';

let opened: TestStore;
let target: SystemStore;
let graph: TestGraph;
beforeAll(async () => {
  opened = await openTestStore();
  target = opened.system();
  graph = await serveTestGraph(target);
  await tell(
    target,
    put('PROJECT', 'P', { PROJECT_CODE: 'E1', PROJECT_NAME: '项目' }),
    put('TENDER_PROJECT', 'T', { TENDER_PROJECT_CODE: 'E2', TENDER_PROJECT_NAME: '招标项目' }),
    put('TENDER_PROJECT', 'T2', { TENDER_PROJECT_CODE: 'e2', TENDER_PROJECT_NAME: '副本', PLATFORM_CODE: 'SOMEBODY ELSE' }),
    put('TENDER_PROJECT', 'T3', { TENDER_PROJECT_CODE: 'E3', TENDER_PROJECT_NAME: '甲' }),
    put('TENDER_PROJECT', 'T4', { TENDER_PROJECT_CODE: 'E3', TENDER_PROJECT_NAME: '乙' }),
    put('TENDER_PROJECT', 'T5', { TENDER_PROJECT_CODE: 'E5', TENDER_PROJECT_NAME: '只有副本', PLATFORM_CODE: 'SOMEBODY ELSE' }),
  );
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});

const id = (type: string, key: string, system = target.system.code): string => encodeRecordId({ system, type, key });
const entities = (...representations: readonly object[]) =>
  graph.ask(
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on TenderProject { name } ... on ConstructionProject { name } } }',
    {
      of: representations,
    },
  );

describe('partitioning.md «Entities»', () => {
  test('stand in the order they were asked for; what is not there is null', async () => {
    const asked = [
      { __typename: 'TenderProject', id: id('TenderProject', 'T2') },
      { __typename: 'ConstructionProject', id: id('ConstructionProject', 'P') },
      { __typename: 'TenderProject', id: id('TenderProject', 'nothing') },
      { __typename: 'TenderProject', id: id('TenderProject', 'T', 'another-system') },
      { __typename: 'TenderProject', id: id('TenderProject', 'T2') },
    ];
    expect(await entities(...asked)).toEqual({ data: { _entities: [{ name: '副本' }, { name: '项目' }, null, null, { name: '副本' }] } });
  });

  test.each([
    ['an id of another type', () => ({ __typename: 'TenderProject', id: id('ConstructionProject', 'P') })],
    ['no id', () => ({ __typename: 'TenderProject' })],
    ['an id that is no text', () => ({ __typename: 'TenderProject', id: 7 })],
    ['an id that is none', () => ({ __typename: 'TenderProject', id: '%' })],
  ])('%s is an error of its own, and harms no other', async (_, wrong) => {
    expect(await entities(wrong(), { __typename: 'TenderProject', id: id('TenderProject', 'T') })).toEqual({
      data: { _entities: [null, { name: '招标项目' }] },
      errors: [
        {
          message: 'id 无效：不是这一类记录的标识。',
          path: ['_entities', 0],
          locations: expect.any(Array),
          extensions: { code: 'ID_INVALID', messageEn: 'The id is not one of a record of this type.' },
        },
      ],
    });
  });
});

describe('partitioning.md «Code», within one system', () => {
  const byCode = async (code: string) => {
    const { data, errors } = await graph.ask('query ($code: String!) { tenderProjectByCode(code: $code) { name } }', { code });
    return [data?.['tenderProjectByCode'], ...(errors ?? []).map(({ extensions }) => extensions?.['code'])];
  };

  test.each([
    ['the original before the copy, whatever the case', ' e2 ', [{ name: '招标项目' }]],
    ['a copy where there is no original', 'E5', [{ name: '只有副本' }]],
    ['nothing', 'E9', [null]],
    ['a code that no text can have', 'a\u0000', [null]],
    ['two originals', 'E3', [null, 'CODE_CONFLICT']],
  ])('%s', async (_, code, answer) => {
    expect(await byCode(code)).toEqual(answer);
  });

  test('a conflict names the ids', async () => {
    const { errors } = await graph.ask('{ tenderProjectByCode(code: "E3") { name } }');
    expect(errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
      [
        `同一编码有 2 条记录：${id('TenderProject', 'T3')}、${id('TenderProject', 'T4')}。请按 id 查询。`,
        {
          code: 'CODE_CONFLICT',
          messageEn: `2 records have this code: ${id('TenderProject', 'T3')}, ${id('TenderProject', 'T4')}. Ask by id.`,
          system: target.system.code,
        },
      ],
    ]);
  });
});
