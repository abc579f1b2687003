/**
 * Systems are asked while somebody looks, and not more often because many do.
 */
import { expect, test } from 'vitest';

import type { SystemRow } from '../../route/table.ts';
import type { AskGraph, PageAnswer } from './ask-graph.ts';
import { watchFreshness } from './freshness.ts';

const rowOf = (code: string, contracts: readonly string[] = ['board']): SystemRow => ({
  code,
  name: code,
  url: `https://${code}.example/`,
  state: 'published',
  contracts,
});
const newest = { nodes: [{ receivedAt: '2026-11-22T09:00:00+08:00' }], coverage: { missing: [] } };
const told: PageAnswer = { data: { notices: newest }, errors: [] };

test('many that look at once cause one round, and the next is due when what is known is old', async () => {
  let nowMs = 0;
  const asked: string[] = [];
  const ask: AskGraph = async ({ variables }) => {
    asked.push(String(variables?.['systems']));
    return told;
  };
  const watch = watchFreshness(ask, () => nowMs);
  const rows = [rowOf('a'), { ...rowOf('gone'), state: 'withdrawn' } as const, rowOf('b')];
  const seen = await Promise.all([watch.look(rows), watch.look(rows), watch.look(rows)]);
  expect(seen.map((known) => [...known.keys()])).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ]);
  await watch.look(rows);
  nowMs = 6000;
  await watch.look(rows);
  expect(asked).toEqual(['a', 'b', 'a', 'b']);
});

test('whoever has no board is asked for the first of its own lists, as anybody may ask it', async () => {
  const questions: (readonly [string, string])[] = [];
  const watch = watchFreshness(async ({ query, grants }) => {
    questions.push([/\{ (\w+)\(/.exec(query)?.[1] ?? '', grants]);
    return told;
  });
  await watch.look([rowOf('register', ['market'])]);
  expect(questions).toEqual([['marketEntities', 'PUBLIC']]);
});

test.each<readonly [string, PageAnswer, unknown]>([
  ['that answers', told, { answered: true, receivedAt: '2026-11-22T09:00:00+08:00' }],
  ['without a record', { data: { notices: { ...newest, nodes: [] } }, errors: [] }, { answered: true, receivedAt: undefined }],
  [
    'that is missing',
    { data: { notices: { nodes: [], coverage: { missing: [{ reason: 'REFUSED', since: null }] } } }, errors: [] },
    { answered: false, reason: 'REFUSED' },
  ],
  ['that alone was asked and is away', { data: undefined, errors: [{ code: 'SYSTEMS_UNAVAILABLE' }] }, { answered: false }],
])('a system %s', async (_what, answer, expected) => {
  const watch = watchFreshness(async () => answer);
  expect((await watch.look([rowOf('a')])).get('a')).toMatchObject({ ...Object(expected) });
});

test('one that went away keeps its newest record; time that ran out here changes nothing', async () => {
  let nowMs = 0;
  const answers: PageAnswer[] = [
    told,
    { data: undefined, errors: [{ code: 'DEADLINE_EXCEEDED' }] },
    { data: undefined, errors: [{ code: 'SYSTEMS_UNAVAILABLE' }] },
  ];
  const watch = watchFreshness(
    async () => answers.shift() ?? told,
    () => nowMs,
  );
  const seen = [];
  for (; nowMs <= 20_000; nowMs += 10_000) seen.push((await watch.look([rowOf('a')])).get('a'));
  const receivedAt = '2026-11-22T09:00:00+08:00';
  expect(seen).toMatchObject([
    { answered: true, receivedAt },
    { answered: true, receivedAt },
    { answered: false, receivedAt },
  ]);
});

test('a question that the graph does not understand says nothing of the system', async () => {
  const watch = watchFreshness(async () => ({ data: undefined, errors: [{ code: 'QUERY_INVALID' }] }));
  expect([...(await watch.look([rowOf('a')]))]).toEqual([]);
});
