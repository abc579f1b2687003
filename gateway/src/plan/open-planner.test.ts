/**
 * What one operation may take of the thread that plans, and what becomes of those behind it. The threads here stand in for ours: they
 * do what an operation's text says.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openPlanner, type PlannerBounds } from './open-planner.ts';

const apiSdl = 'type Query { a: Int }';
const fetchOf = (operation: string) => ({ kind: 'Fetch', serviceName: 's', operation, operationKind: 'query' });

/** A thread that answers every text but those that say what to do instead. */
function standIn(loading: string): URL {
  const program = `
    const { parentPort: port, workerData } = process.getBuiltinModule('node:worker_threads');
    ${loading}
    port.postMessage({ kind: 'loaded', apiSdl: '${apiSdl}', subgraphs: [{ name: 's', url: 'http://127.0.0.1' }] });
    port.on('message', ({ id, text }) => {
      port.postMessage({ kind: 'begun', id });
      if (text === 'for ever') for (;;);
      if (text === 'all memory') for (const held = []; ; held.push(Array.from({ length: 1_000 }, (_, i) => ({ i }))));
      if (text === 'breaks') throw new Error('broken');
      if (text === 'impossible') return port.postMessage({ kind: 'failed', id, why: 'it cannot be' });
      port.postMessage({ kind: 'planned', id, plan: { kind: 'Fetch', serviceName: 's', operation: text, operationKind: 'query' } });
    });`;
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}

const small = {
  maxMs: 200,
  maxHeapMiB: 24,
  maxWaiting: { operations: 9, characters: 1_000 },
  program: standIn(''),
} as const satisfies PlannerBounds;
const tooLarge = { code: 'QUERY_TOO_LARGE' };

describe('a plan that is too dear', () => {
  test.each(['for ever', 'all memory'])('(%s) is refused, and those behind it are planned by another thread', async (text) => {
    await using planner = await openPlanner('', { ...small, maxMs: text === 'for ever' ? small.maxMs : 20_000 });
    const [dear, ...behind] = await Promise.allSettled([text, 'b', 'c'].map((one) => planner.plan(one, undefined)));
    expect(dear).toEqual({ status: 'rejected', reason: expect.objectContaining(tooLarge) });
    expect(behind).toEqual(['b', 'c'].map((one) => ({ status: 'fulfilled', value: fetchOf(one) })));
  });
});

describe('what waits for its plan', () => {
  test.each([
    ['number', 'b', { operations: 2, characters: 1_000 }],
    ['characters', 'b'.repeat(900), { operations: 9, characters: 900 }],
  ])('is bounded, by %s: one more is refused at once, and taken when there is room again', async (_, text, maxWaiting) => {
    await using planner = await openPlanner('', { ...small, maxWaiting });
    const waiting = [planner.plan('for ever', undefined), planner.plan(text, undefined)];
    await expect(planner.plan('c', undefined)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', retryAfterMs: expect.any(Number) });
    await expect(waiting[0]).rejects.toMatchObject(tooLarge);
    expect(await waiting[1]).toEqual(fetchOf(text));
    expect(await planner.plan('c', undefined)).toEqual(fetchOf('c'));
  });
});

test('a thread that breaks is a fault of ours, not of who asks; another takes its place', async () => {
  await using planner = await openPlanner('', small);
  await expect(planner.plan('breaks', undefined)).rejects.toThrow('broken');
  expect(await planner.plan('b', undefined)).toEqual(fetchOf('b'));
});

test('an operation that cannot be planned says why', async () => {
  await using planner = await openPlanner('', small);
  await expect(planner.plan('impossible', undefined)).rejects.toThrow('it cannot be');
});

test('a supergraph that needs too much memory is refused', async () => {
  const program = standIn('for (const held = []; ; held.push(Array.from({ length: 1_000 }, (_, i) => ({ i }))));');
  await expect(openPlanner('', { ...small, program })).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
});

test.each([
  ['not now', `throw new Error('not now')`],
  ['memory limit', 'for (const held = []; ; held.push(Array.from({ length: 1_000 }, (_, i) => ({ i }))))'],
])('a thread that cannot begin again (%s) keeps nobody waiting, and another is tried when something is asked', async (why, fails) => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-planner-'));
  opened.defer(() => rm(folder, { recursive: true }));
  // Every thread leaves a mark; the second does not come up.
  const program = standIn(`
    const { appendFileSync, readFileSync } = process.getBuiltinModule('node:fs');
    appendFileSync(workerData.supergraphSdl, 'x');
    if (readFileSync(workerData.supergraphSdl, 'utf8') === 'xx') ${fails};`);
  const planner = opened.use(await openPlanner(join(folder, 'threads'), { ...small, program }));
  const asked = await Promise.allSettled(['for ever', 'b'].map((one) => planner.plan(one, undefined)));
  expect(asked).toEqual([
    { status: 'rejected', reason: expect.objectContaining(tooLarge) },
    // No operation is to blame.
    { status: 'rejected', reason: expect.objectContaining({ message: expect.stringContaining(why) }) },
  ]);
  expect(await planner.plan('c', undefined)).toEqual(fetchOf('c'));
});

test('what is asked when the planner ends fails', async () => {
  const planner = await openPlanner('', small);
  const [asked, , askedLater] = await Promise.allSettled([
    planner.plan('for ever', undefined),
    planner[Symbol.asyncDispose](),
    planner.plan('b', undefined),
  ]);
  const ended = { status: 'rejected', reason: new Error('the planner ended') };
  expect([asked, askedLater]).toEqual([ended, ended]);
});
