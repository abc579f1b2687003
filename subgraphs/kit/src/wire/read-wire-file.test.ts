import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type WireRecord, isXmlText } from '@hub/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type ReadOptions, readWireFile } from './read-wire-file.ts';
import { writeJsonLine, writeXmlMessage } from './write-message.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wire-'));
});
afterAll(async () => rm(folder, { recursive: true }));

async function read(content: string | Buffer, name = 'records.xml', options: ReadOptions = {}) {
  const path = join(folder, name);
  await writeFile(path, content);
  return Array.fromAsync(readWireFile(path, options));
}

/** Lines and reasons of problems, lines and names of records. */
async function told(content: string | Buffer, name = 'records.xml', options: ReadOptions = {}) {
  const entries = await read(content, name, options);
  return entries.map((entry) => [entry.line, 'problem' in entry ? entry.problem.en : (entry.record.fields['NAME'] ?? '')]);
}

const des = (name: string, key = 'k1') =>
  `<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_KEY>${key}</DATA_KEY><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT><NAME>${name}</NAME></CONTEXT></DES>`;
const unclosed = 'The message has no </DES>, or a CDATA section or comment in it does not end.';
const outside = 'There is something outside the <DES> messages: skipped.';

describe('XML messages', () => {
  test('a message as it comes, with the line of each field', async () => {
    const message = `<DES>
  <TITLE><CA_KEY/><DATA_CN>标段</DATA_CN><DATA_EN> SECTION </DATA_EN><DATA_KEY>0001500202608140000 01</DATA_KEY><DATA_TYPE>2</DATA_TYPE></TITLE>
  <CONTEXT>
    <NAME>甲 &amp; 乙&#x4E59; </NAME>
    <CONTENT><![CDATA[<p>第一条</p>
</DES>]]><!-- </DES> --> 完</CONTENT>
    <EMPTY/>
  </CONTEXT>
  <FILECONTEXT><SOURCE><FILE_NAME>a.pdf</FILE_NAME></SOURCE></FILECONTEXT>
</DES>`;
    expect(await read(`<?xml version="1.0" encoding="UTF-8"?>\n<ROOT>\n${message}\n</ROOT>\n`)).toEqual([
      {
        line: 3,
        record: {
          dataset: 'SECTION',
          dataKey: '0001500202608140000 01',
          op: 'put',
          fields: { NAME: '甲 & 乙乙 ', CONTENT: '<p>第一条</p>\n</DES> 完', EMPTY: '' },
        },
        fieldLines: { NAME: 6, CONTENT: 7, EMPTY: 9 },
        message: { format: 'xml', body: message },
      },
    ]);
  });

  test('many messages, with or without a wrapper, on any number of lines', async () => {
    expect(await told(`${des('a')}${des('b')}\n\n  ${des('c')}`)).toEqual([
      [1, 'a'],
      [1, 'b'],
      [3, 'c'],
    ]);
    expect(await told(`\uFEFF<!-- <DES> --><A xmlns="x">\n${des('a')}<!-- ${des('no')} -->\n${des('b')}</A>`)).toEqual([
      [2, 'a'],
      [3, 'b'],
    ]);
    expect(await told('')).toEqual([]);
    expect(await told('<ROOT></ROOT>')).toEqual([]);
  });

  test('GB18030, declared or not', async () => {
    const name = Buffer.from('b9e3b6abcaa1', 'hex');
    const [before = '', after = ''] = des('|').split('|');
    const message = Buffer.concat([Buffer.from(before), name, Buffer.from(after)]);
    expect(await told(Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GBK"?>'), message]))).toEqual([[1, '广东省']]);
    expect(await told(message)).toEqual([[1, '广东省']]);
    expect(await told(Buffer.concat([Buffer.from(`${' '.repeat(200_000)}\n`), message]))).toEqual([[2, '广东省']]);
  });

  test('a withdrawal needs no CONTEXT', async () => {
    const [entry] = await read('<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_KEY>k</DATA_KEY><DATA_TYPE>3</DATA_TYPE></TITLE></DES>');
    expect(entry).toMatchObject({ record: { dataset: 'SECTION', dataKey: 'k', op: 'withdraw', fields: {} } });
  });

  test.each<[string, string, (string | number)[][]]>([
    [
      'no end',
      `${des('a')}\n<DES><TITLE>\n${des('b')}`,
      [
        [1, 'a'],
        [2, unclosed],
        [3, 'b'],
      ],
    ],
    [
      'no end, last',
      `${des('a')}\n<DES>\n<TITLE>`,
      [
        [1, 'a'],
        [2, unclosed],
      ],
    ],
    [
      'an unclosed CDATA',
      `<DES><CONTEXT><NAME><![CDATA[x</NAME></CONTEXT></DES>\n${des('b')}\n${des('c')}`,
      [
        [1, unclosed],
        [2, 'b'],
        [3, 'c'],
      ],
    ],
    [
      'an unclosed comment',
      `<DES><!-- </DES>\n${des('b')}`,
      [
        [1, unclosed],
        [2, 'b'],
      ],
    ],
    [
      'a crossed tag',
      `<DES>\n<TITLE>\n</CONTEXT></DES>\n${des('b')}`,
      [
        [3, 'Not well-formed XML: unexpected close tag.'],
        [4, 'b'],
      ],
    ],
    [
      'a bare ampersand',
      `${des('a & b')}\n${des('b')}`,
      [
        [1, 'Not well-formed XML: disallowed character in entity name.'],
        [2, 'b'],
      ],
    ],
    ['markup in a field', des('\n<p>x</p>'), [[2, 'There are elements inside NAME: HTML must be escaped or in CDATA.']]],
    ['a field twice', des('a</NAME>\n<NAME>b'), [[2, 'NAME stands there twice.']]],
    ['text outside fields', des('a</NAME>b<NAME2>'), [[1, 'There is text outside the fields.']]],
    ['a name that is no code', des('a</NAME><名>b</名><N>'), [[1, 'An element name is no field code.']]],
    ['another section', '<DES><TITEL></TITEL></DES>', [[1, 'TITEL does not belong into DES.']]],
    ['no dataset', '<DES><TITLE><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT/></DES>', [[1, 'TITLE lacks DATA_EN, the dataset.']]],
    ['another operation', des('a').replace('>1<', '>4<'), [[1, 'DATA_TYPE must be 1 (add), 2 (modify) or 3 (delete).']]],
    ['no content', des('a').replace(/<CONTEXT>.*<\/CONTEXT>/, ''), [[1, 'CONTEXT is missing.']]],
    [
      'a misspelt message',
      `${des('a')}\n<DESS><TITLE/></DESS>\n${des('b')}`,
      [
        [1, 'a'],
        [2, outside],
        [3, 'b'],
      ],
    ],
    [
      'words between',
      `\n\nx ${des('a')}`,
      [
        [3, outside],
        [3, 'a'],
      ],
    ],
    [
      'a file cut off',
      `<ROOT>\n${des('a')}\n`,
      [
        [2, 'a'],
        [2, 'The file ends before </ROOT>: it may be cut off.'],
      ],
    ],
    [
      'an entity of its own',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n${des('&e;')}`,
      [
        [1, 'A DOCTYPE is not accepted; ignored.'],
        [2, 'Not well-formed XML: undefined entity.'],
      ],
    ],
  ])('%s is told, and reading goes on', async (_, content, expected) => expect(await told(content)).toEqual(expected));

  test('entities that multiply are not read', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${des('&b;')}`;
    expect((await told(bomb)).map(([, what]) => what)).toEqual([
      'A DOCTYPE is not accepted; ignored.',
      'Not well-formed XML: undefined entity.',
    ]);
  });

  test('a message has its bounds, and the one after it is read', async () => {
    const limit = { maxMessageCharacters: 1_000 };
    const large = 'The message has more than 1000 characters.';
    expect(await told(`${des('x'.repeat(2_000))}\n${des('b')}`, 'a.xml', limit)).toEqual([
      [1, large],
      [2, 'b'],
    ]);
    expect(await told(`<DES><![CDATA[\n${des('b')}\n${'x\n'.repeat(1_000)}${des('c')}`, 'a.xml', limit)).toEqual([
      [1, large],
      [2, 'b'],
      [3, outside],
      [1003, 'c'],
    ]);
  });

  test('damaged bytes cost their message', async () => {
    const damaged = Buffer.concat([Buffer.from(`${des('甲')}\n<DES>\n`), Buffer.from([0xff]), Buffer.from(`</DES>\n${des('乙')}`)]);
    expect(await told(damaged)).toEqual([
      [1, '甲'],
      [3, "There are bytes that are not UTF-8: check the file's encoding."],
      [4, '乙'],
    ]);
  });

  test('hostile files cost no more than their length', async () => {
    const started = performance.now();
    for (const piece of ['<DES><![CDATA[', '<DES><!--', '<!--', '<?', '<a', '<DES '])
      await told(piece.repeat(60_000), 'a.xml', { maxMessageCharacters: 100_000 });
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('JSON lines', () => {
  const line = (name: string) => `{"title":{"DATA_EN":"SECTION","DATA_KEY":"k","DATA_TYPE":"1"},"context":{"NAME":"${name}"}}`;

  test('a record as it comes', async () => {
    expect(await read(`\n${line('甲')}\r\n`, 'a.jsonl')).toEqual([
      {
        line: 2,
        record: { dataset: 'SECTION', dataKey: 'k', op: 'put', fields: { NAME: '甲' } },
        fieldLines: {},
        message: { format: 'json', body: line('甲') },
      },
    ]);
  });

  test.each<[string, string, string]>([
    ['no JSON', '{"title":', 'Not JSON.'],
    ['an array', '[]', 'Must be an object with the objects title and context.'],
    ['no title', '{"context":{}}', 'Must be an object with the objects title and context.'],
    ['a number', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":{"A":1.50,"B":true,"C":"x"}}', 'Values must be strings: A, B.'],
    ['a nested value', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":{"A":{}}}', 'Values must be strings: A.'],
    ['a strange name', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":{"__proto__":"x"}}', 'A name in context is no field code.'],
    ['a list as content', '{"title":{"DATA_EN":"S","DATA_TYPE":1},"context":[]}', 'context must be an object.'],
    ['no content', '{"title":{"DATA_EN":"S","DATA_TYPE":1}}', 'CONTEXT is missing.'],
  ])('%s is told, and reading goes on', async (_, bad, reason) => {
    expect(await told(`${bad}\n${line('b')}`, 'a.jsonl')).toEqual([
      [1, reason],
      [2, 'b'],
    ]);
  });

  test('null is absent, and DATA_TYPE may be a number', async () => {
    const [entry] = await read('{"title":{"DATA_EN":"S","DATA_KEY":null,"DATA_TYPE":3},"context":{"A":null,"zh":"x"}}', 'a.json');
    expect(entry).toMatchObject({ record: { dataset: 'S', dataKey: undefined, op: 'withdraw', fields: { zh: 'x' } } });
  });

  test('a line has its bounds, and may be longer than a piece', async () => {
    const long = line('<b>'.repeat(50_000));
    expect(await told(`${long}\n${line('b')}`, 'a.jsonl')).toEqual([
      [1, '<b>'.repeat(50_000)],
      [2, 'b'],
    ]);
    expect(await told(`${long}\n${line('b')}`, 'a.jsonl', { maxMessageCharacters: 1_000 })).toEqual([
      [1, 'The line has more than 1000 characters.'],
      [2, 'b'],
    ]);
  });

  test('damaged bytes cost their line, GB18030 is found out', async () => {
    expect(
      await told(Buffer.concat([Buffer.from(`${line('甲')}\n`), Buffer.from([0xff, 0x0a]), Buffer.from(line('乙'))]), 'a.jsonl'),
    ).toEqual([
      [1, '甲'],
      [2, "There are bytes that are not UTF-8: check the file's encoding."],
      [3, '乙'],
    ]);
    const [before = '', after = ''] = line('|').split('|');
    expect(await told(Buffer.concat([Buffer.from(before), Buffer.from('b9e3', 'hex'), Buffer.from(after)]), 'a.jsonl')).toEqual([
      [1, '广'],
    ]);
  });
});

describe('files', () => {
  test('without a telling name are told by their first character', async () => {
    expect(await told(`\n ${des('a')}`, 'a.dat')).toEqual([[2, 'a']]);
    expect(await told('{}', 'a.dat')).toEqual([[1, 'Must be an object with the objects title and context.']]);
  });

  test('in other encodings are told so', async () => {
    expect(await told(Buffer.from(`\uFEFF${des('a')}`, 'utf16le'))).toEqual([
      [1, 'The file is in an encoding that is not read here: convert it to UTF-8 or GB18030.'],
    ]);
  });

  test('that are not there throw', async () => {
    const path = join(folder, 'none.xml');
    await expect(Array.fromAsync(readWireFile(path))).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `无法打开文件 ${path}，请检查路径与权限。`,
    });
  });

  test('tell how far they are read', async () => {
    const progress: number[] = [];
    await read(des('a'.repeat(300_000)), 'a.xml', { onProgress: (bytes) => progress.push(bytes) });
    expect(progress).toEqual([262_144, Buffer.byteLength(des('a'.repeat(300_000)))]);
  });
});

describe('record → wire → record is the identity (design/graph.md «Types»)', () => {
  const trimmed = (text: string) => text.trim() === text && text !== '';
  const text = fc
    .oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[<>&"'\]\r\n\t 　甲𠮷;-]{0,20}$/), fc.constant(']]></DES><DES>'))
    .filter(isXmlText);
  const record: fc.Arbitrary<WireRecord> = fc.record({
    dataset: fc.constantFrom('SECTION', 'TENDER_LIST'),
    dataKey: fc.option(text.filter(trimmed), { nil: undefined }),
    op: fc.constantFrom('put', 'withdraw'),
    fields: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Z0-9_a-z]{0,12}$/), text, { noNullPrototype: true }),
  });

  test.each([
    ['XML', 'a.xml', (records: readonly WireRecord[]) => `<ROOT>${records.map(writeXmlMessage).join('\n')}</ROOT>`],
    ['JSON lines', 'a.jsonl', (records: readonly WireRecord[]) => records.map(writeJsonLine).join('\n')],
  ])('%s', async (_, name, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), async (records) => {
        const entries = await read(write(records), name);
        expect(entries.map((entry) => ('record' in entry ? entry.record : entry))).toEqual(records);
      }),
      { numRuns: 300 },
    );
  });

  test('what XML cannot hold is refused', () => {
    const bad = (fields: Record<string, string>) => () => writeXmlMessage({ dataset: 'S', dataKey: undefined, op: 'put', fields });
    expect(bad({ A: '\u0000' })).toThrow(
      expect.objectContaining({ code: 'RECORD_REFUSED', messageEn: 'Field A holds what XML cannot write.' }),
    );
    expect(bad({ '1': 'x' })).toThrow(expect.objectContaining({ code: 'RECORD_REFUSED' }));
  });
});
