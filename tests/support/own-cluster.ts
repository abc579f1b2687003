/**
 * A PostgreSQL cluster of its own, for tests that hold transactions, measure latency or move a database to another cluster: the
 * fence of a feed is the cluster's, so that what other tests write would be measured too.
 * @see design/feed.md 3
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase } from '@hub/kit/process';
import postgres from 'postgres';

/** An empty database on a server nobody else uses; `await using` ends the server. */
export interface OwnCluster extends AsyncDisposable {
  readonly url: string;
  /** Makes another empty database. @returns Its address. */
  database(name: string): Promise<string>;
}

/**
 * Starts it; a second or two.
 * @param durable - True for a measurement: a commit is on the disk.
 */
export async function openOwnCluster({ durable = false } = {}): Promise<OwnCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-cluster-'));
  // As root the server runs as another user, who must get in.
  await chmod(folder, 0o755);
  const database = await openDatabase({ databaseUrl: undefined, dataDir: join(folder, 'hub'), durable });
  return {
    url: database.url,
    async database(name) {
      const sql = postgres(database.url, { max: 1 });
      await sql`create database ${sql(name)}`;
      await sql.end();
      return Object.assign(new URL(database.url), { pathname: `/${name}` }).href;
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
