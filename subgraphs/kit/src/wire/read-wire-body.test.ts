/**
 * A body that came in one piece reads as a file does. @see schema/PROTOCOL.md 6
 */
import { describe, expect, test } from 'vitest';

import { readWireBody } from './read-wire-body.ts';

const xml = (name: string, head = ''): string =>
  `${head}<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_KEY>K1</DATA_KEY><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT><NAME>${name}</NAME></CONTEXT></DES>`;
const json = (key: string): string => `{"title":{"DATA_EN":"SECTION","DATA_KEY":"${key}","DATA_TYPE":"1"},"context":{"NAME":"n"}}`;
/** 中 in GB18030. */
const gb = Buffer.from([0xd6, 0xd0]);

describe('A body of messages', () => {
  test.each([
    ['XML in UTF-8', Buffer.from(xml('中')), 'xml', ['中']],
    [
      'XML in GB18030, which its declaration says',
      Buffer.concat(around(xml('@', '<?xml version="1.0" encoding="GB18030"?>'))),
      'xml',
      ['中'],
    ],
    [
      'XML in GB18030, which nothing says, after a long stretch of ASCII',
      Buffer.concat(around(`${' '.repeat(70_000)}${xml('@')}`)),
      'xml',
      ['中'],
    ],
    ['several messages', Buffer.from(xml('a') + xml('b')), 'xml', ['a', 'b']],
    ['JSON lines', Buffer.from(`${json('K1')}\n\n${json('K2')}`), 'json', ['n', 'n']],
  ] as const)('%s', async (_what, body, form, names) => {
    const entries = await Array.fromAsync(readWireBody(body, form));
    expect(entries.map((entry) => ('record' in entry ? entry.record.fields['NAME'] : entry.problem.en))).toEqual(names);
  });

  test('what is no message is told with its line, and what follows is read', async () => {
    const entries = await Array.fromAsync(readWireBody(Buffer.from(`${json('K1')}\n{"title":\n${json('K2')}`), 'json'));
    expect(entries.map((entry) => [entry.line, 'record' in entry])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['UTF-16', Buffer.from(`\uFEFF${json('K1')}`, 'utf16le')],
  ])('%s is told once', async (_what, body) => {
    const entries = await Array.fromAsync(readWireBody(body, 'json'));
    expect(entries).toEqual([{ line: 1, problem: expect.anything(), ofFile: true }]);
  });
});

function around(text: string): readonly Buffer[] {
  const [before = '', after = ''] = text.split('@');
  return [Buffer.from(before), gb, Buffer.from(after)];
}
