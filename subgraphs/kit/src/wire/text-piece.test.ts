import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Encoding } from './encoding.ts';
import { textPieces } from './text-piece.ts';

async function pieces(chunks: readonly Buffer[], encoding: Encoding, maxBytes = 1_000_000) {
  async function* bytes() {
    yield* chunks;
  }
  return Array.fromAsync(textPieces(bytes(), { encoding, maxBytes }));
}

const mark = Buffer.from('efbbbf', 'hex');
/** 广 in GB18030. */
const gb = Buffer.from('b9e3', 'hex');

describe('decoding piece by piece', () => {
  test('one piece a line, whatever the chunks', async () => {
    const chunk = fc.integer({ min: 1, max: 7 });
    const text = fc.string({ unit: fc.constantFrom('a', '广', '𠮷', '>', '\n', '\r'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(chunk, { minLength: 60, maxLength: 60 }), fc.boolean(), async (sent, sizes, marked) => {
        const all = marked ? Buffer.concat([mark, Buffer.from(sent)]) : Buffer.from(sent);
        let from = 0;
        const chunks = sizes.map((size) => all.subarray(from, (from += size))).filter((part) => part.length > 0);
        const got = await pieces([...chunks, ...(from < all.length ? [all.subarray(from)] : [])], 'utf-8');
        const lines = sent.split(/(?<=\n)/).filter((line) => line !== '');
        expect(got).toEqual(lines.map((line, place) => ({ line: place + 1, text: line, fault: undefined })));
      }),
    );
  });

  test('a damaged line spoils itself only', async () => {
    const got = await pieces([Buffer.concat([Buffer.from('甲\n乙'), gb, Buffer.from('<A>\n丙')])], 'utf-8');
    expect(got).toEqual([
      { line: 1, text: '甲\n', fault: undefined },
      {
        line: 2,
        text: '乙\uFFFD\uFFFD<A>\n',
        fault: { zh: '含有不属于 UTF-8 的字节，请检查文件编码。', en: "There are bytes that are not UTF-8: check the file's encoding." },
      },
      { line: 3, text: '丙', fault: undefined },
    ]);
  });

  test('GB18030, of two and of four bytes', async () => {
    const four = Buffer.from('9534b235', 'hex');
    expect(
      (await pieces([gb.subarray(0, 1), gb.subarray(1), four.subarray(0, 3), four.subarray(3)], 'gb18030')).map(({ text }) => text),
    ).toEqual(['广𠮷']);
  });

  test('a line too long for a piece is cut after a tag, without loss', async () => {
    const long = '<A>广</A>'.repeat(50_000);
    const got = await pieces(
      [Buffer.from(`${long}\nx`)].flatMap((all) => [all.subarray(0, 300_001), all.subarray(300_001)]),
      'utf-8',
    );
    expect(got.map(({ text }) => text).join('')).toBe(`${long}\nx`);
    expect(got.map(({ line }) => line)).toEqual([...Array.from({ length: got.length - 1 }, () => 1), 2]);
    expect(got.every(({ text }) => /[>\nx]$/.test(text))).toBe(true);
  });

  test('what has no end is dropped, told once, and the next line is read', async () => {
    const parts = Array.from({ length: 5 }, () => Buffer.from('x'.repeat(100_000)));
    const got = await pieces([...parts, Buffer.from('\ny')], 'utf-8', 150_000);
    expect(got.map(({ line, text, fault }) => [line, text, fault?.en])).toEqual([
      [1, '', 'More than 150000 bytes without a line end: skipped.'],
      [1, '\n', undefined],
      [2, 'y', undefined],
    ]);
  });
});
