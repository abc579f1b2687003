import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openDataFolder } from './folder-access.ts';

let home: string;

beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-folder-'))));
afterEach(() => rm(home, { recursive: true, force: true }));

describe('The data folder', () => {
  test('is made with all folders above it, and may be there already', async () => {
    const folder = join(home, 'a', 'b', 'c');
    await openDataFolder(folder);
    await openDataFolder(folder);
    expect((await stat(folder)).isDirectory()).toBe(true);
  });

  test('cannot be a file', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    await expect(openDataFolder(file)).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    await expect(openDataFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  });

  test.runIf(process.platform === 'linux')('where no folder can be made, that is told and not tried for ever', async () => {
    await expect(openDataFolder('/proc/hub')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    await expect(openDataFolder('/proc/hub/data')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  });
});
