/**
 * One PostgreSQL server for the whole test run, on which every test makes its own databases: vitest's global setup.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase, readConfig } from '@hub/kit/process';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';

import { memoryFolder } from './memory-folder.ts';
import { proving } from './sizes.ts';

/** Starts the server, tells the tests its address, and returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const quickFolder = await openQuickFolder();
  // The processes of the tests, which start after this, have it from here.
  if (quickFolder !== undefined) process.env['TMPDIR'] = quickFolder;
  const folder = await mkdtemp(join(tmpdir(), 'hub-test-'));
  // As root the server runs as another user, who must get in.
  await chmod(folder, 0o755);
  const { databaseUrl } = readConfig(process.env);
  const database = await openDatabase({ databaseUrl, dataDir: join(folder, 'hub'), durable: false });
  const preparedPrefix = `test_${randomBytes(8).toString('hex')}_`;
  project.provide('databaseUrl', database.url);
  project.provide('preparedPrefix', preparedPrefix);
  return async () => {
    await dropPrepared(database.url, preparedPrefix);
    await database.close();
    // Whatever a test, or a program it ran, left in memory goes with it.
    await rm(quickFolder ?? folder, { recursive: true, force: true });
  };
}

/** A folder in memory for this run; none where somebody says which to take, and for measurements: they are of the machine's disk. */
async function openQuickFolder(): Promise<string | undefined> {
  const memory = proving || process.env['TMPDIR'] !== undefined ? undefined : memoryFolder();
  if (memory === undefined) return undefined;
  const folder = await mkdtemp(join(memory, 'hub-tests-'));
  // Servers that run as other users write there, too.
  await chmod(folder, 0o1777);
  return folder;
}

/** On a server of somebody else's nothing stays behind. */
async function dropPrepared(url: string, prefix: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  for (const { datname } of await sql<{ datname: string }[]>`select datname from pg_database where starts_with(datname, ${prefix})`) {
    await sql`drop database if exists ${sql(datname)} with (force)`;
  }
  await sql.end();
}
