import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { fullDisk } from './full-disk.ts';

let folder: string;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hub-disk-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('A full disk', () => {
  test.each([
    'PANIC:  could not write to file "pg_wal/xlogtemp.29": No space left on device',
    'ERROR:  could not extend file "base/5/16421": No space left on device LOG:  server process was terminated',
    'ENOSPC: no space left on device, write',
  ])('is known by what was said, and the folder is named: %s', async (told) => {
    expect(await fullDisk(folder, told)).toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `数据目录 ${folder} 所在的磁盘已满，数据库写不下去：请腾出空间后重试，或用 HUB_DATA_DIR 指定另一块磁盘上的目录。`,
    });
  });

  // Nothing can ever be written there.
  test('is known by its free space, whatever was said', async () => {
    expect(await fullDisk('/proc', 'LOG:  database system is shut down')).toMatchObject({ code: 'FOLDER_UNREADABLE' });
  });

  test('is not what another fault is taken for', async () => {
    expect(await fullDisk(folder, 'FATAL:  data directory has invalid permissions')).toBeUndefined();
    expect(await fullDisk(join(folder, 'gone'), 'LOG:  database system is shut down')).toBeUndefined();
  });
});
