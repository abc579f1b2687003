/**
 * Lines wherever the pieces are cut; and an end in the middle of one is told.
 */
import { expect, test } from 'vitest';

import { splitLines } from './split-lines.ts';

async function linesOf(...pieces: readonly string[]): Promise<readonly string[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const lines: string[] = [];
  for await (const line of splitLines(bytes())) lines.push(line.toString());
  return lines;
}

test('wherever they are cut', async () => {
  const text = '一\n\n二二\n三\n';
  const whole = ['一', '', '二二', '三'];
  expect(await linesOf(text)).toEqual(whole);
  for (let at = 1; at < text.length; at++) expect(await linesOf(text.slice(0, at), text.slice(at))).toEqual(whole);
  expect(await linesOf()).toEqual([]);
});

test('an answer that ends in the middle of a line is not taken for a whole one', async () => {
  await expect(linesOf('一\n二')).rejects.toMatchObject({ code: 'SYSTEM_FAILED' });
});
