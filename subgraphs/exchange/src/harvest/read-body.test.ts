/**
 * However many sources send how much, memory has a bound. @see read-body.ts
 */
import { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { readBody } from './read-body.ts';
import type { Turns } from './turns.ts';

const { signal } = new AbortController();

/** Turns that count who holds one. */
function countedTurns(): Turns & { held: number } {
  const turns = {
    held: 0,
    take() {
      turns.held++;
      return Promise.resolve({ [Symbol.dispose]: () => void turns.held-- });
    },
  };
  return turns;
}

const bodyOf = (pieces: number) => Readable.from(Array.from({ length: pieces }, () => Buffer.alloc(100)));

test('a small body takes no turn; a large one takes one, and holds it for as long as it is held', async () => {
  const large = countedTurns();
  const bounds = { maxBytes: 1_000, freeBytes: 250, deadlineMs: 1_000, large };
  using small = await readBody(bodyOf(2), '', { bounds, signal });
  expect([small.bytes.length, large.held]).toEqual([200, 0]);
  const read = await readBody(bodyOf(5), '', { bounds, signal });
  expect([read.bytes.length, large.held]).toEqual([500, 1]);
  read[Symbol.dispose]();
  expect(large.held).toBe(0);
});

test('one that is too large gives its turn back, and is not read on', async () => {
  const large = countedTurns();
  const body = bodyOf(1_000);
  await expect(readBody(body, '', { bounds: { maxBytes: 1_000, freeBytes: 250, deadlineMs: 1_000, large }, signal })).rejects.toMatchObject(
    {
      code: 'TOO_LARGE',
    },
  );
  expect([large.held, body.destroyed]).toEqual([0, true]);
});
