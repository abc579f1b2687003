/**
 * `hub.json` is found from below, read with its files in place, and refused with everything that is wrong.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { findHubFolder, readHubFile } from './hub-file.ts';

const whole = {
  version: 1,
  system: 'hecheng',
  contracts: ['board'],
  registry: 'http://127.0.0.1:4001',
  keyFile: 'system-key.json',
  port: 4100,
  mapping: 'bridge.json',
};

let home: string;

beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-file-'))));
afterEach(() => rm(home, { recursive: true }));

test('it is found in the folder and in those above; where there is none, nothing is', async () => {
  await mkdir(join(home, 'a/b'), { recursive: true });
  expect(findHubFolder(join(home, 'a/b'))).toBeUndefined();
  await write(whole);
  expect([home, join(home, 'a'), join(home, 'a/b')].map(findHubFolder)).toEqual([home, home, home]);
});

test('its files are those beside it', async () => {
  await write(whole);
  const files = { keyFile: join(home, 'system-key.json'), mapping: join(home, 'bridge.json') };
  expect(await readHubFile(home)).toEqual({ ...whole, ...files, folder: home });
});

test('everything that is wrong is told at once', async () => {
  await write({ ...whole, system: 'Hecheng', port: -1, registry: 'ftp://x', more: 1 });
  await expect(readHubFile(home)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/system（.*registry（.*port（.*more/),
  });
});

test('one that is no JSON, or not there, is refused', async () => {
  await expect(readHubFile(home)).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  await writeFile(join(home, 'hub.json'), '{');
  await expect(readHubFile(home)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

async function write(document: object): Promise<void> {
  await writeFile(join(home, 'hub.json'), JSON.stringify(document));
}
