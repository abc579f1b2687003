/**
 * What is counted, and what becomes of it when there is too much of it.
 */
import { manualClock } from '@hub/kit/process';
import { buildSchema, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { clientName } from './client-name.ts';
import type { Admitted } from './signature.ts';
import { type Answered, Usage, type UsageCount } from './usage.ts';

const schema = buildSchema('input Filter { a: Int b: Int } type Query { one(filter: Filter): Int two: Int three: Int }');
const start = Date.parse('2026-11-23T04:59:00Z');
const hourMs = 3_600_000;

function admitted(source: string): Admitted {
  const [definition] = parse(source).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return { schema, definition, fragments: new Map() };
}
const by = (client: string, variables = {}, failed = false) => ({ client, variables, failed });
const shown = ({ hourMs: at, client, operation, given, requests, errors }: UsageCount): readonly unknown[] => [
  new Date(at).toISOString().slice(11, 16),
  client,
  operation.text,
  [...given],
  requests,
  errors,
];
const count = (usage: Usage, operation: Admitted, answered: Answered): void => usage.count(operation.definition, () => operation, answered);
const taken = (usage: Usage): readonly unknown[] => usage.take(() => true).map(shown);
const one = admitted('query ($f: Filter) { one(filter: $f) }');
const [two, three] = [admitted('{ two }'), admitted('{ three }')];

describe('Counts', () => {
  test('are by hour, client and signature, with errors and what variables used; taken once', () => {
    const clock = manualClock(start);
    const usage = new Usage(clock);
    count(usage, one, by('hall', { f: { a: 1 } }));
    count(usage, admitted('query X($g: Filter) { x: one(filter: $g) }'), by('hall', { g: { b: 1 } }, true));
    count(usage, one, by('audit'));
    count(usage, admitted('{ __typename }'), by('hall'));
    clock.advance(60_000);
    count(usage, one, by('hall'));
    const text = 'query { one(filter: $Filter) }';
    expect(taken(usage)).toEqual([
      ['04:00', 'hall', text, ['Filter.a', 'Filter.b'], 2, 1],
      ['04:00', 'audit', text, [], 1, 0],
      ['05:00', 'hall', text, [], 1, 0],
    ]);
    expect(taken(usage)).toEqual([]);
  });

  test('that do not fit into a batch are left for the next', () => {
    const usage = new Usage(manualClock(start));
    for (const operation of [one, two, three]) count(usage, operation, by('hall'));
    let room = 2;
    expect(usage.take(() => room-- > 0).map(({ operation }) => operation.text)).toEqual([
      'query { one(filter: $Filter) }',
      'query { two }',
    ]);
    expect(taken(usage)).toEqual([['04:00', 'hall', 'query { three }', [], 1, 0]]);
  });
});

describe('What there is no room for', () => {
  test('is counted together, with all that it uses', () => {
    const usage = new Usage(manualClock(start), { counts: 1, characters: 1000, otherHours: 2 });
    count(usage, two, by('hall'));
    count(usage, two, by('hall'));
    count(usage, three, by('hall'));
    count(usage, one, by('audit', { f: { a: 1 } }, true));
    expect(taken(usage)).toEqual([
      ['04:00', 'hall', 'query { two }', [], 2, 0],
      ['04:00', 'OTHER', 'OTHER', ['Query.three', 'Filter.a', 'Filter', 'Query.one', 'Query.one(filter:)'], 2, 1],
    ]);
    count(usage, three, by('hall'));
    expect(taken(usage)).toEqual([['04:00', 'hall', 'query { three }', [], 1, 0]]);
  });

  test('is bounded by characters too, and by hours', () => {
    const clock = manualClock(start);
    const usage = new Usage(clock, { counts: 100, characters: 1, otherHours: 2 });
    for (let hour = 0; hour < 4; hour++) {
      count(usage, two, by('hall'));
      clock.advance(hourMs);
    }
    expect(taken(usage)).toEqual([
      ['04:00', 'OTHER', 'OTHER', ['Query.two'], 1, 0],
      ['05:00', 'OTHER', 'OTHER', ['Query.two'], 3, 0],
    ]);
  });
});

test.each([
  [[undefined, undefined], 'anonymous'],
  [['', 'hall'], 'hall'],
  [['audit', 'hall'], 'audit'],
  [['审计 平台/v2'], '审计_平台/v2'],
  [['a\nb"c\u0000'], 'a_b_c_'],
  [['OTHER'], 'other'],
  [['x'.repeat(100)], 'x'.repeat(64)],
  [[`${'x'.repeat(63)}😀`], `${'x'.repeat(63)}_`],
])('a client that is told as %j is called %s', (told, name) => {
  expect(clientName(...told)).toBe(name);
});
