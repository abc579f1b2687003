/**
 * How long and in which order operations are prepared for a supergraph that is about to serve.
 */
import { describe, expect, test } from 'vitest';

import type { KnownOperation } from '../execute/compiled-operations.ts';
import type { Generation } from './generation.ts';
import { Generations } from './generations.ts';
import { warmOperations } from './warming.ts';

const known = (...digests: readonly string[]): readonly KnownOperation[] =>
  digests.map((digest) => ({ digest, source: digest, operationName: undefined, uses: 1 }));
const never = Promise.withResolvers<boolean>().promise;
const minute = 60_000;

/** Prepares what it is told it can. */
function preparing(can: Readonly<Record<string, () => Promise<boolean>>>) {
  const begun: string[] = [];
  const prepare = async ({ digest }: KnownOperation): Promise<boolean> => {
    begun.push(digest);
    return (can[digest] ?? (async () => true))();
  };
  return { begun, prepare };
}

describe('preparing operations', () => {
  test('takes one after the other; what is not allowed or cannot be planned is left out', async () => {
    const { begun, prepare } = preparing({
      b: async () => false,
      c: async () => {
        throw new Error('no way to it');
      },
    });
    const warmed = await warmOperations(known('a', 'b', 'c', 'd'), { prepare, maxMs: minute, signal: new AbortController().signal });
    expect(warmed).toEqual({ prepared: 2, of: 4, ms: expect.any(Number) });
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  test('ends with its time, whatever one operation takes', async () => {
    const { begun, prepare } = preparing({ b: () => never });
    const warmed = await warmOperations(known('a', 'b', 'c'), { prepare, maxMs: 20, signal: new AbortController().signal });
    expect(warmed).toMatchObject({ prepared: 1, of: 3 });
    expect(begun).toEqual(['a', 'b']);
  });

  test('ends with the gateway', async () => {
    const over = new AbortController();
    const { prepare } = preparing({ a: () => never });
    const warming = warmOperations(known('a', 'b'), { prepare, maxMs: minute, signal: over.signal });
    over.abort();
    expect(await warming).toMatchObject({ prepared: 0, of: 2 });
    expect(await warmOperations(known('b'), { prepare, maxMs: minute, signal: over.signal })).toMatchObject({ prepared: 0 });
  });
});

describe('a supergraph that is about to serve', () => {
  const generation = (version: string, prepare: Generation['prepare']): Generation => ({
    version,
    subgraphs: [],
    get schema(): never {
      throw new Error('not asked for here');
    },
    partitioned: false,
    use: async () => Promise.reject(new Error('not asked for here')),
    mostUsed: (count) => known('a', 'b', 'c').slice(0, count),
    prepare,
    retire: async () => {},
  });

  test('is prepared for what the old one is asked most, and serves then', async () => {
    const begun: string[] = [];
    const events: unknown[] = [];
    await using generations = await Generations.open('one', {
      open: async (version) =>
        generation(version, async ({ digest }) => {
          begun.push(`${digest} before ${generations.current.version} is replaced`);
          return true;
        }),
      report: ({ kind }) => void events.push(kind),
      warming: { operations: 2, maxMs: minute },
    });
    expect(await generations.adopt('two')).toBeUndefined();
    expect(begun).toEqual(['a before one is replaced', 'b before one is replaced']);
    expect(generations.current.version).toBe('two');
    expect(events).toEqual(['supergraph-adopted', 'supergraph-adopted']);
  });

  test('is held back no longer than its time, and operators are told when it was long', async () => {
    const events: unknown[] = [];
    await using generations = await Generations.open('one', {
      open: async (version) => generation(version, () => never),
      report: (event) => void events.push(event),
      warming: { operations: 200, maxMs: 1_000 },
    });
    await generations.adopt('two');
    expect(generations.current.version).toBe('two');
    expect(events).toContainEqual({ kind: 'operations-prepared', version: 'two', prepared: 0, of: 3, ms: expect.any(Number) });
  });

  test('is not waited for when the gateway ends', async () => {
    const generations = await Generations.open('one', {
      open: async (version) => generation(version, () => never),
      report: () => {},
      warming: { operations: 200, maxMs: 10 * minute },
    });
    const adopted = generations.adopt('two');
    await generations[Symbol.asyncDispose]();
    expect(await adopted).toEqual(expect.toBeOneOf([undefined, 'the gateway ends']));
  });
});
