import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { lockFolder } from './folder-lock.ts';

let folder: string;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hub-lock-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('One hub a data folder', () => {
  test('a folder that a living process holds cannot be taken, and can again when it lets go', async () => {
    const lock = await lockFolder(folder);
    expect(await lockFolder(folder)).toBeUndefined();
    await lock?.[Symbol.asyncDispose]();
    expect(await lockFolder(folder)).toBeDefined();
  });

  test.each([
    ['a process that is gone', '4194999 1'],
    ['another process that was given the old number', `${process.pid} 1`],
    ['a file cut short', ''],
  ])('%s does not hold it', async (_, left) => {
    await writeFile(join(folder, 'hub.pid'), left);
    expect(await lockFolder(folder)).toBeDefined();
  });
});
