/**
 * PostgreSQL killed (SIGKILL) while the exchange journals, and started again on the same files: what was answered for is there,
 * nothing is half there, and what is taken again has no second effect.
 * @see design/feed.md 8; fail-points.json
 */
import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { openExchangeStore, readSource, takePage } from '@hub/exchange';
import { type Database, openDatabase } from '@hub/kit/process';
import { sequence } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { family } from '../../support/hub-process.ts';
import { root } from '../../support/repository.ts';
import { proving, sizeOf } from '../../support/sizes.ts';

import { stepsOf } from './fail-points.ts';
import { type Soundness, isFeedDense, sound, soundnessOf } from './journal-state.ts';
import { madePage, pageEntries } from './made-feed.ts';
import { killCount } from './kill-count.ts';
import { type Ended, runProgram } from './run-program.ts';

const program = join(root, 'tests/exchange/kill/journal-process.ts');
const head = pageEntries + 37;
const minutesMs = 60_000 * sizeOf({ test: 3, prove: 60 });
const kills = killCount('database');
let systems = 0;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-killed-'));
  // As root the server runs as another user, who must get in.
  await chmod(home, 0o755);
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
  await kills.record();
});

describe('at a named point', () => {
  const steps = proving ? stepsOf('journal').filter((step) => step !== 'commit:after') : ['commit:before'];
  test.each(steps)('%s', { timeout: minutesMs }, async (step) => {
    const found = await killed(async ({ url, pid, system }) => runProgram(program, [url, system, head, pid, step, 2]).ended);
    expect(found).toEqual({ ...whole, code: 1 });
    kills.add(`journal ${step}`);
  });
});

test.runIf(proving)('at any moment', { timeout: minutesMs }, async () => {
  for (let moments = 40; moments > 0; moments -= 1) {
    const momentMs = randomInt(0, 1_000);
    const found = await killed(async ({ url, pid, system }) => {
      const { begun, ended } = runProgram(program, [url, system, 20 * pageEntries]);
      await begun;
      await after(momentMs);
      for (const one of family(pid)) process.kill(one, 'SIGKILL');
      return ended;
    });
    expect(found, `${momentMs} ms`).toEqual({ ...whole, code: found.code });
    kills.add('any moment');
  }
});

/** What is found when nothing was lost. */
const whole = { left: sound, isAnswered: true, after: sound, isFeedDense: true };

interface Place {
  readonly url: string;
  /** Of the server. */
  readonly pid: number;
  readonly system: string;
}

interface Found {
  /** Exit code of the exchange, which lost its database. */
  readonly code: number | null;
  /** As the kill left it. */
  readonly left: Soundness | undefined;
  /** Whether what was answered for is there. */
  readonly isAnswered: boolean;
  /** When the feed was taken to its end. */
  readonly after: Soundness | undefined;
  readonly isFeedDense: boolean;
}

/** The server is started, somebody kills it, and it is started again. */
async function killed(work: (place: Place) => Promise<Ended>): Promise<Found> {
  const system = `system-${(systems += 1)}`;
  const { code, lines } = await untilKilled((place) => work({ ...place, system }));
  await using opened = new AsyncDisposableStack();
  const { url } = await openServer(opened);
  const store = opened.use(await openExchangeStore(url, { poolSize: 2 }));
  const sql = postgres(store.url, { max: 1, onnotice: () => {} });
  opened.defer(() => sql.end());
  const left = await soundnessOf(sql, system);
  let position = (await readSource(store, system))?.position ?? 0;
  const isAnswered = position >= Number(lines.at(-1)?.split(' ')[1] ?? 0);
  await sequence(sql, 100_000);
  while (position < head) ({ position } = await takePage(store, madePage(system, position, head)));
  await sequence(sql, 100_000);
  return { code, left, isAnswered, after: await soundnessOf(sql, system), isFeedDense: await isFeedDense(sql) };
}

async function untilKilled(work: (place: Omit<Place, 'system'>) => Promise<Ended>): Promise<Ended> {
  await using opened = new AsyncDisposableStack();
  const server = await openServer(opened);
  const pid = Number((await readFile(join(server.folder ?? '', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const told = await work({ url: server.url, pid });
  await server.ended;
  return told;
}

async function openServer(opened: AsyncDisposableStack): Promise<Database> {
  const server = await openDatabase({ databaseUrl: undefined, dataDir: join(home, 'hub') });
  opened.defer(() => server.close());
  return server;
}
