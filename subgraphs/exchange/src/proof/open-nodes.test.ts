/** What a question of the nation costs is bounded by what is distinct in it. @see schema/PROTOCOL.md 14 */
import type { PositionRange } from '@hub/schema';
import { expect, test } from 'vitest';

import { openNodes } from './open-nodes.ts';

const head = 1_000_005;

/** Opens nodes of a feed without entries. @returns The answers, and what was read. */
async function open(nodes: readonly (PositionRange & { readonly prefix: string })[]) {
  const read: string[] = [];
  const note =
    <Found>(what: string, found: Found) =>
    ({ from, to }: PositionRange): Promise<Found> => {
      read.push(`${what} ${from}-${to}`);
      return Promise.resolve(found);
    };
  return { opened: await openNodes({ leavesOf: note('leaves', []), keyRootOf: note('root', Buffer.alloc(32)) }, nodes, head), read };
}

test('equal nodes are opened once, and each has its answer', async () => {
  const [whole, piece] = [
    { from: 999_999, to: head, prefix: '' },
    { from: 1, to: 5, prefix: '' },
  ];
  const { opened, read } = await open([...Array.from({ length: 254 }, () => whole), piece, whole]);
  expect(opened.map(({ from }) => from)).toEqual([...Array.from({ length: 254 }, () => 999_999), 1, 999_999]);
  expect(read).toEqual(['root 999999-1000000', 'root 1000001-1000005', 'leaves 1-5']);
});

test('of ranges the ends are read, too: with the pieces they are sixteen', async () => {
  const ranges = (count: number) => Array.from({ length: count }, (_, place) => ({ from: 2 + place, to: 20_000, prefix: '' }));
  expect((await open(ranges(16))).opened).toHaveLength(16);
  await expect(open(ranges(17))).rejects.toMatchObject({ code: 'QUERY_INVALID' });
  // Of segments the roots are kept.
  const whole = Array.from({ length: 90 }, (_, place) => ({ from: 1 + place * 10_000, to: 1_000_000, prefix: '' }));
  expect((await open(whole)).opened).toHaveLength(90);
});
