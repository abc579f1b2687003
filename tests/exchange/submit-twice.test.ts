/**
 * The same records sent three times over, shuffled, by two processes to one exchange: of each content there is one version, the
 * newest stands, and the feed tells each version that stood once.
 * @see design/feed.md 4 and 8; schema/PROTOCOL.md 16
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { goodRecord } from '@hub/exchange/testing';
import { writeJsonLine } from '@hub/kit';
import { privateJwkOf } from '@hub/kit/process';
import { sequence } from '@hub/kit/testing';
import { law } from '@hub/schema';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { type ExchangeDoor, openExchangeDoor } from '../support/exchange-door.ts';
import { recordFigures } from '../support/results.ts';
import { root } from '../support/repository.ts';
import { proving, sizeOf } from '../support/sizes.ts';
import { runProgram } from './kill/run-program.ts';

const opened = new AsyncDisposableStack();
const times = 3;
const senders = 2;
const [dataset] = law().contracts.find(({ contract }) => contract.name === 'construction')?.contract.datasets ?? [];
let door: ExchangeDoor;
let home: string;
let sql: postgres.Sql;

beforeAll(async () => {
  door = opened.use(await openExchangeDoor());
  home = await mkdtemp(join(tmpdir(), 'hub-submit-'));
  opened.defer(() => rm(home, { recursive: true }));
  await writeFile(join(home, 'city.json'), JSON.stringify(privateJwkOf(door.keys.city)), { mode: 0o600 });
  sql = postgres(door.exchange.databaseUrl, { max: 1, onnotice: () => {} });
  opened.defer(() => sql.end());
});
afterAll(() => opened.disposeAsync());

const long = proving ? 3_600_000 : 30_000;
const outcomes = z.object({
  sent: z.number(),
  repeats: z.number(),
  accepted: z.number(),
  unchanged: z.number(),
  superseded: z.number(),
  refused: z.number(),
});

test('records of one content each: one version each', { timeout: long }, async () => {
  const records = sizeOf({ test: 150, prove: 100_000 });
  const startedMs = performance.now();
  const told = await sentBy('A', { records, instants: ['20261101080000'] });
  const seconds = (performance.now() - startedMs) / 1000;
  const sent = records * times;
  expect(told).toEqual({ ...told, sent, accepted: records, unchanged: sent - records, superseded: 0, refused: 0 });
  expect(told.repeats).toBeGreaterThan(0);
  expect(await kept('A')).toEqual({
    versions: records,
    contents: records,
    records,
    most: 1,
    newest: records,
    superseded: 0,
    told: records,
  });
  expect(await isFeedDense()).toBe(true);
  await recordFigures('submitted-three-times', { records, times, senders, ...told, seconds, recordsPerSecond: Math.round(sent / seconds) });
});

test('three contents each, older ones after newer: each once, the newest stands', { timeout: long }, async () => {
  const records = sizeOf({ test: 50, prove: 20_000 });
  const instants = ['20261101080000', '20261101080001', '20261102080000'];
  const told = await sentBy('B', { records, instants });
  const contents = records * instants.length;
  expect(told).toEqual({ ...told, sent: contents * times, accepted: contents - told.superseded, refused: 0 });
  expect(told.superseded).toBeGreaterThan(0);
  expect(await kept('B')).toEqual({
    versions: contents,
    contents,
    records,
    most: instants.length,
    newest: records,
    superseded: told.superseded,
    told: told.accepted,
  });
  expect(await isFeedDense()).toBe(true);
});

/** Sends them from processes of their own. @returns What became of all they sent. */
async function sentBy(
  name: string,
  { records, instants }: { readonly records: number; readonly instants: readonly string[] },
): Promise<z.output<typeof outcomes>> {
  if (dataset === undefined) throw new Error('no dataset');
  const file = join(home, `${name}.jsonl`);
  const lines = Array.from({ length: records }, (_, at) =>
    instants.map((instant, content) =>
      writeJsonLine(goodRecord(dataset, `${name}${at}`, { DATA_TIMESTAMP: instant, PUB_SERVICE_PLAT_CODE: `content-${content}` }).record),
    ),
  );
  await writeFile(file, lines.flat().join('\n'));
  const order = {
    name,
    origin: door.origin,
    keyFile: join(home, 'city.json'),
    file,
    times,
    senders,
    seed: 20_261_123,
    batch: sizeOf({ test: 40, prove: 1_000 }),
  };
  const program = join(root, 'tests/exchange/submitting-process.ts');
  const ended = await Promise.all(
    Array.from({ length: senders }, (_, place) => runProgram(program, [JSON.stringify({ ...order, place })]).ended),
  );
  expect(ended.map(({ code, complaint }) => [code, complaint])).toEqual(ended.map(() => [0, '']));
  const parts = ended.map(({ lines: [line = ''] }) => outcomes.parse(JSON.parse(line)));
  const sum = (of: keyof (typeof parts)[number]): number => parts.reduce((all, part) => all + part[of], 0);
  return {
    sent: sum('sent'),
    repeats: sum('repeats'),
    accepted: sum('accepted'),
    unchanged: sum('unchanged'),
    superseded: sum('superseded'),
    refused: sum('refused'),
  };
}

/** What there is of the records of one test. */
async function kept(name: string): Promise<unknown> {
  const of = `${name}%`;
  const [row] = await sql`select count(*)::int as versions, count(distinct (key, data_timestamp))::int as contents,
      count(distinct key)::int as records, max(version) as most, count(*) filter (where superseded)::int as superseded,
      (select count(*)::int from record_head h where h.system = 'city' and h.key like ${of} and h.data_timestamp = (
        select max(v.data_timestamp) from record_version v where v.system = h.system and v.dataset = h.dataset and v.key = h.key)) as newest,
      (select count(distinct (key, version))::int from outbox where system = 'city' and key like ${of}) as told
    from record_version where system = 'city' and key like ${of}`;
  return row;
}

/** Whether the system's feed has every change once, at positions 1, 2, 3 …, versions of a record rising. */
async function isFeedDense(): Promise<boolean> {
  // Transactions of others on the same server hold changes back for a moment.
  for (let left = 1; left > 0;) {
    await sequence(sql, 100_000);
    const [missing] = await sql<{ left: number }[]>`select count(*)::int as left from outbox o
      where not exists (select from feed f where f.outbox = o.id)`;
    left = missing?.left ?? 0;
  }
  const [row] = await sql`select count(*) = max(position) and count(distinct outbox) = count(*)
      and count(*) = (select count(*) from outbox where system = 'city') and not exists (
        select from (select version - lag(version) over (partition by dataset, key order by position) as step
          from feed f join outbox o on o.id = f.outbox where f.system = 'city') s where step < 1) as dense
    from feed where system = 'city'`;
  return row?.['dense'] === true;
}
