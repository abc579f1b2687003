/**
 * What is kept of operations: each compiled once, no more of them than there is room for, and which are used most.
 */
import { HubError } from '@hub/schema';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';

import { type AskedOperation, type Compile, CompiledOperations } from './compiled-operations.ts';

const made = {};

function asked(source: string): AskedOperation {
  const document = parse(source);
  const operation = document.definitions.find((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new TypeError('no operation');
  return { source, document, operation };
}

/** Counts what is compiled; every plan has so many characters. */
function counting(characters: number): { readonly compile: Compile<object>; readonly compiled: string[] } {
  const compiled: string[] = [];
  const compile: Compile<object> = async ({ source }, grow) => {
    compiled.push(source);
    grow(characters);
    return made;
  };
  return { compile, compiled };
}

const [a, b, c] = [asked('{ a }'), asked('{ b }'), asked('{ c }')];

test('an operation is compiled once, whoever asks for it at the same time', async () => {
  const { compile, compiled } = counting(1);
  const operations = new CompiledOperations(compile);
  const [one, two] = await Promise.all([operations.get('a', a), operations.get('a', a)]);
  expect(two).toBe(one);
  await operations.get('a', a);
  expect(compiled).toEqual([a.source]);
});

test('two operations of one document are two', async () => {
  const { compile, compiled } = counting(1);
  const operations = new CompiledOperations(compile);
  await Promise.all([operations.get('d', asked('query A { a }')), operations.get('d', asked('query B { b }'))]);
  expect(compiled).toHaveLength(2);
});

test('one that cannot be compiled is tried again when it comes again', async () => {
  let times = 0;
  const operations = new CompiledOperations(async () => {
    if (++times === 1) throw new Error('not now');
    return made;
  });
  await expect(operations.get('a', a)).rejects.toThrow('not now');
  expect(await operations.get('a', a)).toBe(made);
});

test('one that is too dear to plan is refused for a minute, without another try', async () => {
  let [times, nowMs] = [0, 0];
  const compile: Compile<object> = async () => {
    if (++times === 1) throw new HubError('QUERY_TOO_LARGE', { zh: '太贵', en: 'too dear' });
    return made;
  };
  const operations = new CompiledOperations(compile, { operations: 10, characters: 1_000 }, () => nowMs);
  const refused = async () => expect(operations.get('a', a)).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' });
  await refused();
  nowMs = 59_999;
  await refused();
  // Nor is the next supergraph prepared for it.
  expect([times, operations.mostUsed(9)]).toEqual([1, []]);
  nowMs = 60_000;
  expect(await operations.get('a', a)).toBe(made);
});

test('what was not used longest makes room, by number', async () => {
  const { compile, compiled } = counting(1);
  const operations = new CompiledOperations(compile, { operations: 2, characters: 1_000 });
  for (const [digest, operation] of Object.entries({ a, b })) await operations.get(digest, operation);
  await operations.get('a', a);
  await operations.get('c', c);
  await operations.get('a', a);
  expect(compiled).toEqual([a, b, c].map(({ source }) => source));
  await operations.get('b', b);
  expect(compiled).toHaveLength(4);
});

test('large plans make room sooner than small ones, and so do further ways of one', async () => {
  const texts = a.source.length;
  const { compile, compiled } = counting(100);
  let further = (_characters: number): void => {};
  const growing: Compile<object> = (one, grow) => {
    further = grow;
    return compile(one, grow);
  };
  const operations = new CompiledOperations(growing, { operations: 1_000, characters: 2 * (100 + texts) });
  for (const [digest, operation] of Object.entries({ a, b })) await operations.get(digest, operation);
  await Promise.all([operations.get('a', a), operations.get('b', b)]);
  expect(compiled).toHaveLength(2);
  further(1);
  await operations.get('b', b);
  expect(compiled).toHaveLength(2);
  await operations.get('a', a);
  expect(compiled).toHaveLength(3);
});

test('the most used lately come first, those that came once are left out: an hour halves what was', async () => {
  let nowMs = 0;
  const operations = new CompiledOperations(counting(1).compile, { operations: 10, characters: 1_000 }, () => nowMs);
  for (let times = 0; times < 4; times++) await operations.get('a', a);
  await operations.get('b', b, 3);
  await operations.get('c', asked('query C { c }'));
  expect(operations.mostUsed(9)).toHaveLength(2);
  expect(operations.mostUsed(2).map(({ digest, uses }) => ({ digest, uses }))).toEqual([
    { digest: 'a', uses: 4 },
    { digest: 'b', uses: 3 },
  ]);
  nowMs = 3_600_000;
  await operations.get('c', asked('query C { c }'), 2);
  expect(operations.mostUsed(2)).toEqual([
    { digest: 'c', source: 'query C { c }', operationName: 'C', uses: 2.5 },
    { digest: 'a', source: a.source, operationName: undefined, uses: 2 },
  ]);
});
