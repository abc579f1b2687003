/** What is noted as sent is what went out: whole, in part, and broken off. */
import type { PositionRange } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import type { ByteRange } from './byte-range.ts';
import { noteLeaving, rangesOf } from './note-served.ts';

/** Positions 11 to 16, ten bytes each. */
async function* file(): AsyncGenerator<Buffer> {
  for (const piece of ['{"p":"11"}\n{"p":"12"}\n{"p"', ':"13"}\n{"p":"14"}\n', '{"p":"15"}\n{"p":"16"}\n']) yield Buffer.from(piece);
}

async function noted(part?: ByteRange, take = 3): Promise<readonly [string, readonly PositionRange[]]> {
  const told: PositionRange[] = [];
  const note = async (sent: PositionRange): Promise<void> => void told.push({ ...sent });
  let [text, taken] = ['', 0];
  for await (const piece of noteLeaving({ pieces: file(), first: 11, part, note })) {
    text += piece.toString();
    if (++taken >= take) break;
  }
  return [text, told];
}

describe('Lines that leave', () => {
  test('the whole: all of them', async () => {
    const [text, told] = await noted(undefined, 4);
    expect([text.length, told]).toEqual([66, [{ from: 11, to: 16 }]]);
  });

  test.each([
    ['the beginning', { from: 0, to: 26 }, [{ from: 11, to: 12 }]],
    ['the rest: the line it begins within was finished by it', { from: 27, to: 65 }, [{ from: 13, to: 16 }]],
    ['the last bytes', { from: 60, to: 65 }, [{ from: 16, to: 16 }]],
    ['no end of a line', { from: 12, to: 20 }, []],
  ])('%s', async (_what, part, told) => {
    const [text, noting] = await noted(part, 4);
    expect([text.length, noting]).toEqual([part.to - part.from + 1, told]);
  });

  test('broken off: what was taken before the last piece', async () => {
    expect((await noted(undefined, 1))[1]).toEqual([]);
    expect((await noted(undefined, 2))[1]).toEqual([{ from: 11, to: 12 }]);
  });

  test('positions of a page that leaves some out', () => {
    expect(rangesOf([3, 4, 5, 8, 10, 11])).toEqual([
      { from: 3, to: 5 },
      { from: 8, to: 8 },
      { from: 10, to: 11 },
    ]);
    expect(rangesOf([])).toEqual([]);
  });
});
