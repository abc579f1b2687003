import { describe, expect, test } from 'vitest';

import { readWireText, toldOfWireText } from '../testing/wire-file.ts';
import { checkWireFiles } from './check-wire-files.ts';
import { readWireFile } from './read-wire-file.ts';

const des = (name: string, key = 'k1') =>
  `<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_KEY>${key}</DATA_KEY><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT><NAME>${name}</NAME></CONTEXT></DES>`;
describe('files', () => {
  test('without a telling name are told by their first character', async () => {
    expect(await toldOfWireText(`\n ${des('a')}`, 'a.dat')).toEqual([[2, 'a']]);
    expect(await toldOfWireText('{}', 'a.dat')).toEqual([[1, expect.stringMatching(/^No message:/)]]);
  });

  test('in other encodings are told so', async () => {
    expect(await toldOfWireText(Buffer.from(`\uFEFF${des('a')}`, 'utf16le'), 'a.xml')).toEqual([
      [1, 'The file is in an encoding that is not read here: convert it to UTF-8 or GB18030.'],
    ]);
  });

  test('that are not there throw', async () => {
    const path = '/nowhere/none.xml';
    await expect(Array.fromAsync(readWireFile(path))).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `无法打开文件 ${path}，请检查路径与权限。`,
    });
  });

  test('are files: a folder is named as one', async () => {
    const path = import.meta.dirname;
    await expect(Array.fromAsync(readWireFile(path))).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `${path} 是目录或不是普通文件，请逐个写出要导入的文件。`,
    });
  });

  test('are checked all at once: every bad one is named', async () => {
    await expect(checkWireFiles([import.meta.filename, '/nowhere/none.xml', import.meta.dirname])).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `无法打开文件 /nowhere/none.xml，请检查路径与权限。 ${import.meta.dirname} 是目录或不是普通文件，请逐个写出要导入的文件。`,
    });
    await expect(checkWireFiles([import.meta.filename])).resolves.toBeUndefined();
  });

  test.each<[string, string, string | Buffer]>([
    ['empty', 'a.jsonl', ' \n\n'],
    ['empty', 'a.xml', ''],
    ['a wrapper without messages', 'a.xml', '<?xml version="1.0"?>\n<ROOT>\n</ROOT>'],
  ])('that hold no message say so: %s %s', async (_, name, content) => {
    expect(await readWireText(content, name)).toEqual([
      {
        line: 1,
        ofFile: true,
        problem: { zh: expect.stringMatching(/^文件里没有报文。应为 XML 报文/), en: expect.stringMatching(/^There is no message/) },
      },
    ]);
  });

  const message = { title: { DATA_EN: 'S', DATA_KEY: 'k', DATA_TYPE: '1' }, context: { NAME: '甲' } };

  test.each<[string, string, string | Buffer]>([
    ['an indented object', '这是跨多行的 JSON', JSON.stringify(message, undefined, 2)],
    ['an indented array', '这是跨多行的 JSON', `\uFEFF${JSON.stringify([message, message], undefined, '\t')}\r\n`],
    ['an array with a message a line', '这是跨多行的 JSON', `[${JSON.stringify(message)},\n${JSON.stringify(message)}]`],
    ['an object of two lines', '这是跨多行的 JSON', JSON.stringify(message).replace(',"context"', ',\n"context"')],
    ['an archive', '这不是文本文件', Buffer.from('504b030414000000080000', 'hex')],
    ['UTF-16 without a mark', '这不是文本文件', Buffer.from(JSON.stringify(message), 'utf16le')],
  ])('of another form are told as a whole, with the form expected: %s', async (_, what, content) => {
    const [entry, ...others] = await readWireText(content, 'a.json');
    expect(entry).toEqual({ line: 1, ofFile: true, problem: { zh: expect.stringContaining(what), en: expect.any(String) } });
    expect(entry).toMatchObject({ problem: { zh: expect.stringContaining('每行一个完整的 JSON 对象 {"title":{…},"context":{…}}') } });
    expect(others).toEqual([]);
  });

  test('with a broken first line are read all the same', async () => {
    const good = JSON.stringify(message);
    const lines = async (...texts: string[]) =>
      (await toldOfWireText(texts.join('\n'), 'a.jsonl')).map(([line, what]) => [line, what === '甲']);
    expect(await lines('{"title":', good)).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(await lines('EN":"S"}}', good)).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(await lines(`[${good}]`, good)).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(await lines(`{"title":"\0"}`, good)).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  test('tell how far they are read', async () => {
    const progress: number[] = [];
    await readWireText(des('a'.repeat(300_000)), 'a.xml', { onProgress: (bytes) => progress.push(bytes) });
    expect(progress).toEqual([262_144, Buffer.byteLength(des('a'.repeat(300_000)))]);
  });
});
