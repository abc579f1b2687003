/**
 * Turns are taken in the order of asking. @see turns.ts
 */
import { expect, test } from 'vitest';

import { openTurns } from './turns.ts';

const { signal } = new AbortController();

test('who asks again after a turn stands behind all others: a source with a million pages takes every third turn of three', async () => {
  const turns = openTurns(1);
  const taken: string[] = [];
  const loop = async (name: string, pages: number): Promise<void> => {
    for (let page = 0; page < pages; page++) {
      using _turn = await turns.take(signal);
      taken.push(name);
      await Promise.resolve();
    }
  };
  await Promise.all([loop('large', 6), loop('small', 3), loop('other', 3)]);
  expect(taken.join(' ')).toBe('large small other large small other large small other large large large');
});

test('there are never more at once than allowed, and who leaves while waiting takes none', async () => {
  const turns = openTurns(2);
  const held = [await turns.take(signal), await turns.take(signal)];
  const gone = new AbortController();
  const [left, next] = [turns.take(gone.signal), turns.take(signal)];
  let came = false;
  void next.then(() => (came = true));
  gone.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  expect(came).toBe(false);
  held[0]?.[Symbol.dispose]();
  // Given back once, however often.
  held[0]?.[Symbol.dispose]();
  await next;
  expect(() => turns.take(AbortSignal.abort(new Error('over')))).toThrow('over');
});
