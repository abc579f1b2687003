/**
 * @see README «Checks»
 */
import { expect, test } from 'vitest';

import { takeTurns } from './take-turns.ts';

test('tasks run one at a time, in turns by whose they are: of many of one, nobody else waits for more than one', async () => {
  const turns = takeTurns(10);
  const order: string[] = [];
  let atOnce = 0;
  const task = (name: string) => async (): Promise<string> => {
    expect((atOnce += 1)).toBe(1);
    await Promise.resolve();
    atOnce -= 1;
    order.push(name);
    return name;
  };
  const eves = ['e1', 'e2', 'e3', 'e4'].map((name) => turns.run('eve', task(name)));
  const others = [turns.run('adam', task('a1')), turns.run('ruth', task('r1')), turns.run('adam', task('a2'))];
  expect(await Promise.all([...eves, ...others])).toEqual(['e1', 'e2', 'e3', 'e4', 'a1', 'r1', 'a2']);
  expect(order).toEqual(['e1', 'e2', 'a1', 'r1', 'e3', 'a2', 'e4']);
  expect(await turns.run('eve', task('e5'))).toBe('e5');
});

test('as many of one wait as may, and no more; one that fails keeps nobody', async () => {
  const turns = takeTurns(2);
  const failing = turns.run('eve', () => Promise.reject(new Error('failed')));
  const waiting = [turns.run('eve', async () => 1), turns.run('eve', async () => 2)];
  await expect(turns.run('eve', async () => 3)).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' });
  expect(await turns.run('adam', async () => 4)).toBe(4);
  await expect(failing).rejects.toThrow('failed');
  expect(await Promise.all(waiting)).toEqual([1, 2]);
});
