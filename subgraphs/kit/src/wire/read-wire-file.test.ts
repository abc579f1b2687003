import { describe, expect, test } from 'vitest';

import { readWireText, toldOfWireText } from '../testing/wire-file.ts';
import { readWireFile } from './read-wire-file.ts';

const des = (name: string, key = 'k1') =>
  `<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_KEY>${key}</DATA_KEY><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT><NAME>${name}</NAME></CONTEXT></DES>`;
describe('files', () => {
  test('without a telling name are told by their first character', async () => {
    expect(await toldOfWireText(`\n ${des('a')}`, 'a.dat')).toEqual([[2, 'a']]);
    expect(await toldOfWireText('{}', 'a.dat')).toEqual([[1, 'Must be an object with the objects title and context.']]);
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

  test('tell how far they are read', async () => {
    const progress: number[] = [];
    await readWireText(des('a'.repeat(300_000)), 'a.xml', { onProgress: (bytes) => progress.push(bytes) });
    expect(progress).toEqual([262_144, Buffer.byteLength(des('a'.repeat(300_000)))]);
  });
});
