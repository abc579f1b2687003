/**
 * What does not hold is refused before anything is kept. @see schema/PROTOCOL.md «Proof»
 */
import { canonicalContent, contentHash } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { checkedBatches } from './check-lines.ts';

function line(position: number, more: object = {}): string {
  const fields = { NAME: `第 ${position}` };
  const entry = { position, system: 'toy-east', dataset: 'TOY', key: `K${position}`, version: 1, op: 'put' };
  return JSON.stringify({ ...entry, hash: contentHash('TOY', fields), payload: canonicalContent(fields), ...more });
}

async function positions(lines: readonly string[], size = 2): Promise<readonly (readonly number[])[]> {
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const one of lines) yield Buffer.from(one);
  }
  const batches: (readonly number[])[] = [];
  for await (const batch of checkedBatches(bytes(), { stream: 'hub', after: 4, size })) batches.push(batch.map(({ position }) => position));
  return batches;
}

describe('Lines on their way in', () => {
  test('in batches, one after the other', async () => {
    expect(await positions([5, 6, 7].map((position) => line(position)))).toEqual([[5, 6], [7]]);
  });

  test.each([
    ['one missing', [line(5), line(7)], '应到却是位置 7'],
    ['one twice', [line(5), line(5)], '应到却是位置 5'],
    ['a content that is not its hash’s', [line(5, { payload: '{"NAME":"改"}' })], '内容与其杂凑不符'],
    ['blanks in it', [line(5).replace(',', ', ')], '不是规范的变更'],
    ['no JSON', ['<html>'], '不是规范的变更'],
  ])('%s is refused', async (_what, lines, words) => {
    await expect(positions(lines, 1)).rejects.toMatchObject({ code: 'SYSTEM_FAILED', message: expect.stringContaining(words) });
  });
});
