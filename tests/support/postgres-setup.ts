/**
 * One PostgreSQL server for the whole test run, on which every test makes its own databases: vitest's global setup.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase, readConfig } from '@hub/kit/process';
import type { TestProject } from 'vitest/node';

/** Starts the server, tells the tests its address, and returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-test-'));
  // As root the server runs as another user, who must get in.
  await chmod(folder, 0o755);
  const { databaseUrl } = readConfig(process.env);
  const database = await openDatabase({ databaseUrl, dataDir: join(folder, 'hub'), durable: false });
  project.provide('databaseUrl', database.url);
  return async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  };
}
