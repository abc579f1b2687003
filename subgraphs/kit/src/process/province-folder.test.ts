import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { loadProvince } from './province-folder.ts';

let folder: string;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hub-province-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('A province folder', () => {
  test('that lacks a file is refused, naming the file and the setting', async () => {
    await expect(loadProvince(folder)).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `读不到省份数据文件 ${folder}/province.json，请检查 HUB_PROVINCE_DIR。`,
    });
  });

  test('with a file that is not JSON is refused, naming the file and the place in it', async () => {
    await Promise.all(['regions.json', 'systems.json'].map((file) => writeFile(join(folder, file), '[]')));
    await writeFile(join(folder, 'province.json'), '{ "code": }');
    await expect(loadProvince(folder)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      messageEn: expect.stringMatching(/province\.json is not JSON: Unexpected token/),
    });
  });
});
