import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readWireText, toldOfWireText } from '../testing/wire-file.ts';
import type { ReadOptions } from './read-wire-file.ts';

const des = (name: string, key = 'k1') =>
  `<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_KEY>${key}</DATA_KEY><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT><NAME>${name}</NAME></CONTEXT></DES>`;
const unclosed = 'The message has no </DES>, or a CDATA section or comment in it does not end.';
const bare = 'There is a bare & (write &amp;) or an entity that XML does not have.';
const outside = 'There is something outside the <DES> messages: skipped.';

const told = (content: string | Buffer, options: ReadOptions = {}) => toldOfWireText(content, 'records.xml', options);

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
    expect(await readWireText(`<?xml version="1.0" encoding="UTF-8"?>\n<ROOT>\n${message}\n</ROOT>\n`, 'a.xml')).toEqual([
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
  });

  test('GB18030, declared or not', async () => {
    const name = Buffer.from('b9abb9b2d7cad4b4', 'hex');
    const [before = '', after = ''] = des('|').split('|');
    const message = Buffer.concat([Buffer.from(before), name, Buffer.from(after)]);
    expect(await told(Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GBK"?>'), message]))).toEqual([[1, '公共资源']]);
    expect(await told(message)).toEqual([[1, '公共资源']]);
    expect(await told(Buffer.concat([Buffer.from(`${' '.repeat(200_000)}\n`), message]))).toEqual([[2, '公共资源']]);
  });

  test('a withdrawal needs no CONTEXT', async () => {
    const [entry] = await readWireText(
      '<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_KEY>k</DATA_KEY><DATA_TYPE>3</DATA_TYPE></TITLE></DES>',
      'a.xml',
    );
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
        [1, bare],
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
        [2, bare],
      ],
    ],
  ])('%s is told, and reading goes on', async (_, content, expected) => expect(await told(content)).toEqual(expected));

  test('a broken message costs only itself, wherever it stands', async () => {
    const good = fc.constantFrom('a', 'b]]&gt;\n', '<![CDATA[</DES>\n<DES>]]>').map((name) => ({ name, text: des(name) }));
    const broken = fc
      .constantFrom('<DES>', '<DES><TITLE>\n', '<DES><p></DES>', '<DES>&x</DES>', '<DES>\n<DES/></DES>')
      .map((text) => ({ name: '', text }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(good, broken)), fc.constantFrom('', '\n', '\n\n '), async (messages, between) => {
        const entries = await readWireText(messages.map(({ text }) => text).join(between), 'a.xml');
        const lines = messages.map(
          (_, place) =>
            `${messages
              .slice(0, place)
              .map(({ text }) => text + between)
              .join('')}|`.split('\n').length,
        );
        const found = entries.flatMap((entry) => ('record' in entry ? [[entry.line, entry.message.body]] : []));
        expect(found).toEqual(messages.flatMap(({ name, text }, place) => (name === '' ? [] : [[lines[place], text]])));
        // A file without any is told as such.
        expect(entries.length).toBe(Math.max(1, messages.length));
      }),
    );
  });

  test('entities that multiply are not read', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${des('&b;')}`;
    expect((await told(bomb)).map(([, what]) => what)).toEqual(['A DOCTYPE is not accepted; ignored.', bare]);
  });

  test('a message has its bounds, and the one after it is read', async () => {
    const limit = { maxMessageCharacters: 1_000 };
    const large = 'The message has more than 1000 characters.';
    expect(await told(`${des('x'.repeat(2_000))}\n${des('b')}`, limit)).toEqual([
      [1, large],
      [2, 'b'],
    ]);
    expect(await told(`<DES><![CDATA[\n${des('b')}\n${'x\n'.repeat(1_000)}${des('c')}`, limit)).toEqual([
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
      await told(piece.repeat(60_000), { maxMessageCharacters: 100_000 });
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
