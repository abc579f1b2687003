/**
 * The other gateways' packages: installed for this measurement alone, in a folder of its own, at exact versions.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { z } from 'zod';

import { root } from '../../support/repository.ts';

/** Where they are; git does not see it. */
export const peersFolder = join(root, 'tests/bench/.peers');

const peers = z.record(z.string(), z.record(z.string(), z.string()));
const run = promisify(execFile);

/** @returns Why a group of packages could not be had, by its name; nothing of those that are there. */
export async function installPeers(names: readonly string[], say: (line: string) => void): Promise<ReadonlyMap<string, string>> {
  const wanted = peers.parse(JSON.parse(await readFile(join(import.meta.dirname, 'peers.json'), 'utf8')));
  const missing = new Map<string, string>();
  for (const name of names) {
    const folder = join(peersFolder, name);
    const written = `${JSON.stringify({ private: true, dependencies: wanted[name] })}\n`;
    const done = await readFile(join(folder, 'installed.json'), 'utf8').catch(() => '');
    if (done === written) continue;
    say(`… 正在安装对比网关 ${name}，约一分钟  Installing the gateway ${name} to compare with, about a minute`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), written);
      await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: folder, maxBuffer: 1 << 26 });
      await writeFile(join(folder, 'installed.json'), written);
    } catch (cause) {
      missing.set(name, cause instanceof Error ? cause.message.split('\n').slice(0, 3).join(' ') : String(cause));
    }
  }
  return missing;
}

/** @returns The versions compared with. */
export async function peerVersions(): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  return peers.parse(JSON.parse(await readFile(join(import.meta.dirname, 'peers.json'), 'utf8')));
}
