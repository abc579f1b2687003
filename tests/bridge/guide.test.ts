/**
 * The guide of the package, followed to the letter: its tables, views and mapping, its commands and what they print.
 * @see subgraphs/bridge/README.md «A worked example»
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type TestDatabase, openTestDatabase, trustEverybody } from '@hub/kit/testing';
import { startSystems } from '@hub/trading';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { runHub } from '../support/hub-process.ts';
import { textOf } from '../support/repository.ts';
import { toyFolder, toyProvince } from '../support/toy-province.ts';

const guide = textOf('subgraphs/bridge/README.md');
const [tables = '', views = ''] = blocks('sql');
const [mapping = ''] = blocks('json');
const [, checkCommand = '', runCommand = ''] = blocks('sh');
const [checked = '', ran = ''] = blocks('text');

let home: string;
let hub: TestDatabase;
let city: TestDatabase;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-guide-'));
  [hub, city] = [await openTestDatabase(), await openTestDatabase()];
  const sql = postgres(city.url, { max: 1, onnotice: () => {} });
  await sql.unsafe(tables);
  await sql.unsafe(views);
  await sql.end();
}, 60_000);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await city[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

test('its steps do what they say, and the system then serves the records like all others', { timeout: 120_000 }, async () => {
  await using trading = await startSystems({
    databaseUrl: hub.url,
    province: await toyProvince(),
    trust: trustEverybody,
    onFault: (cause) => expect.fail(String(cause)),
  });
  await writeFile(join(home, 'bridge.json'), mapping);

  await using first = follow(checkCommand);
  const { code, stdout } = await first.ended;
  expect(stdout.slice(0, checked.length)).toBe(checked);
  expect(code).toBe(1);

  await writeFile(join(home, 'bridge.json'), mapping.replaceAll('"采购": "procurement"', '"采购": "procurement", "家具": "procurement"'));
  await using second = follow(checkCommand);
  expect((await second.ended).code).toBe(0);

  await using running = follow(runCommand);
  expect(await running.ended).toMatchObject({ code: 0, stdout: ran });

  const served = trading.systems.find(({ system }) => system.code === 'xingcheng');
  const query =
    '{ notices(order: PUBLISHED_ASC) { nodes { title stage { code } publishedAt lotCodes } } deals { nodes { winners { name } price { yuan } decidedAt } } }';
  const answer = await fetch(served?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  expect(await answer.json()).toEqual({
    data: {
      notices: {
        nodes: [
          {
            title: '星河路改造工程施工招标公告',
            stage: { code: 'TENDER' },
            publishedAt: '2026-09-01T09:30:00+08:00',
            lotCodes: ['L-1', 'L-2'],
          },
          { title: '星河路改造工程施工中标公告', stage: { code: 'AWARD' }, publishedAt: '2026-09-25T16:00:00+08:00', lotCodes: ['L-1'] },
          { title: '办公家具采购公告', stage: { code: 'TENDER' }, publishedAt: '2026-09-26T10:00:00+08:00', lotCodes: [] },
        ],
      },
      deals: {
        nodes: [
          {
            winners: [{ name: '星城甲公司' }, { name: '星城乙公司' }],
            price: { yuan: '12345000' },
            decidedAt: '2026-09-24T00:00:00+08:00',
          },
        ],
      },
    },
  });
});

test('what cannot be checked at all has the exit code 2', async () => {
  await writeFile(join(home, 'broken.json'), '{"version": 1, "bridge": "Large", "source": {"kind": "postgres"}}');
  await using broken = follow('npm run bridge -- check --mapping broken.json');
  const { code, stderr } = await broken.ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/^✗ 映射文件 .*broken\.json 有 \d 处不合要求：.*bridge（.*system（.*source\.urlFrom（.*\[CONFIG_INVALID\]/);
});

function blocks(language: string): readonly string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
}

/** Runs `npm run bridge -- …` as npm does: in the repository, saying where it was called. */
function follow(command: string): ReturnType<typeof runHub> {
  const words = command.trim().replace('npm run bridge -- ', '').split(' ');
  const env = { HUB_DATABASE_URL: hub.url, HUB_DATA_DIR: home, HUB_PROVINCE_DIR: toyFolder, CITY_DB: city.url, INIT_CWD: home };
  return runHub(['bridge', ...words], env);
}
