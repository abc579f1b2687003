/**
 * A flag stands above its variable, and that above `hub.json` of the folder or one above it.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { originAt, registryDoor } from '@hub/kit/process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { resolveSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-settings-'));
  await mkdir(join(home, 'deep', 'er'), { recursive: true });
  const hub = { version: 1, system: 'xingcheng', contracts: ['board'], registry: 'https://registry.example', keyFile: 'system-key.json' };
  await writeFile(join(home, 'hub.json'), JSON.stringify({ ...hub, port: 4100, mapping: 'bridge.json' }));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function at(folder: string, env: Terminal['env'] = {}): Terminal {
  return { env, folder, print: () => {}, say: () => {}, refuse: () => {}, ask: undefined };
}

describe('Settings of the command line', () => {
  test('hub.json, found in a folder above; its key speaks for its system', async () => {
    expect(await resolveSettings({ format: 'text' }, at(join(home, 'deep', 'er')))).toMatchObject({
      origin: 'https://registry.example',
      keyFile: join(home, 'system-key.json'),
      signer: 'xingcheng',
      system: 'xingcheng',
    });
  });

  test('variables stand above it, flags above them; an empty variable is none; files are relative to the caller', async () => {
    const env = { HUB_REGISTRY_URL: 'https://other.example/', HUB_KEY_FILE: 'env.json', HUB_SYSTEM: 'yuecheng' };
    const folder = join(home, 'deep');
    expect(await resolveSettings({ format: 'text' }, at(folder, env))).toMatchObject({
      origin: 'https://other.example',
      keyFile: join(folder, 'env.json'),
      signer: undefined,
      system: 'yuecheng',
    });
    const flags = { registry: 'http://127.0.0.1:4001', key: '../flag.json', as: 'li', system: 'third', format: 'text' } as const;
    expect(await resolveSettings(flags, at(folder, env))).toMatchObject({
      origin: 'http://127.0.0.1:4001',
      keyFile: join(home, 'flag.json'),
      signer: 'li',
      system: 'third',
    });
    expect(await resolveSettings({ format: 'text' }, at(home, { HUB_SYSTEM: '' }))).toMatchObject({ system: 'xingcheng' });
  });

  test('without any: the registry of npm start; two systems at once are refused', async () => {
    expect(await resolveSettings({ format: 'text' }, at(tmpdir()))).toMatchObject({ origin: 'http://127.0.0.1:4001', keyFile: undefined });
    await expect(resolveSettings({ format: 'text', system: 'a' }, at(tmpdir()), 'b')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(resolveSettings({ format: 'text' }, at(tmpdir()), 'No Code')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('The registry’s address', () => {
  test.each([
    'https://registry.example',
    'https://registry.example:8443',
    'http://127.0.0.1:4001',
    'http://localhost:4001',
    'http://[::1]:4001',
  ])('%s is one', (url) => expect(originAt(registryDoor, url)).toBe(url));

  test.each([
    'http://registry.example',
    'http://127.0.0.1.example',
    'https://registry.example/control',
    'https://me:secret@registry.example',
    'ftp://127.0.0.1',
    'registry',
  ])('%s is none', (url) => expect(() => originAt(registryDoor, url)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' })));
});
