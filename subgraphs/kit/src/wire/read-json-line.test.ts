import { describe, expect, test } from 'vitest';

import { readWireText, toldOfWireText } from '../testing/wire-file.ts';

const oneALine = 'each line is to be one whole JSON object, {"title":{…},"context":{…}}.';

describe('JSON lines', () => {
  const line = (name: string) => `{"title":{"DATA_EN":"SECTION","DATA_KEY":"k","DATA_TYPE":"1"},"context":{"NAME":"${name}"}}`;

  test('a record as it comes', async () => {
    expect(await readWireText(`\n${line('甲')}\r\n`, 'a.jsonl')).toEqual([
      {
        line: 2,
        record: { dataset: 'SECTION', dataKey: 'k', op: 'put', fields: { NAME: '甲' } },
        fieldLines: {},
        message: { format: 'json', body: line('甲') },
      },
    ]);
  });

  test.each<[string, string, string]>([
    ['no JSON', '{"title":', `Not JSON: ${oneALine}`],
    ['an array', '[]', `No message: ${oneALine}`],
    ['no title', '{"context":{}}', `No message: ${oneALine}`],
    ['a number', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":{"A":1.50,"B":true,"C":"x"}}', 'Values must be strings: A, B.'],
    ['a nested value', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":{"A":{}}}', 'Values must be strings: A.'],
    ['a strange name', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":{"__proto__":"x"}}', 'A name in context is no field code.'],
    ['a list as content', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":[]}', 'context must be an object.'],
    ['no content', '{"title":{"DATA_EN":"S","DATA_TYPE":1}}', 'CONTEXT is missing.'],
  ])('%s is told, and reading goes on', async (_, bad, reason) => {
    expect(await toldOfWireText(`${bad}\n${line('b')}`, 'a.jsonl')).toEqual([
      [1, reason],
      [2, 'b'],
    ]);
  });

  test('null is absent, and DATA_TYPE may be a number', async () => {
    const [entry] = await readWireText('{"title":{"DATA_EN":"S","DATA_KEY":null,"DATA_TYPE":3},"context":{"A":null,"zh":"x"}}', 'a.json');
    expect(entry).toMatchObject({ record: { dataset: 'S', dataKey: undefined, op: 'withdraw', fields: { zh: 'x' } } });
  });

  test('a line has its bounds, and may be longer than a piece', async () => {
    const long = line('<b>'.repeat(50_000));
    expect(await toldOfWireText(`${long}\n${line('b')}`, 'a.jsonl')).toEqual([
      [1, '<b>'.repeat(50_000)],
      [2, 'b'],
    ]);
    expect(await toldOfWireText(`${long}\n${line('b')}`, 'a.jsonl', { maxMessageCharacters: 1_000 })).toEqual([
      [1, 'The line has more than 1000 characters.'],
      [2, 'b'],
    ]);
  });

  test('damaged bytes cost their line, GB18030 is found out', async () => {
    expect(
      await toldOfWireText(Buffer.concat([Buffer.from(`${line('甲')}\n`), Buffer.from([0xff, 0x0a]), Buffer.from(line('乙'))]), 'a.jsonl'),
    ).toEqual([
      [1, '甲'],
      [2, "There are bytes that are not UTF-8: check the file's encoding."],
      [3, '乙'],
    ]);
    const [before = '', after = ''] = line('|').split('|');
    expect(await toldOfWireText(Buffer.concat([Buffer.from(before), Buffer.from('b9e3', 'hex'), Buffer.from(after)]), 'a.jsonl')).toEqual([
      [1, '广'],
    ]);
  });
});
