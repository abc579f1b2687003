/**
 * A folder that receives messages: whole files are taken once, whatever happens in between; broken ones lie in `refused` with a
 * report beside them.
 * @see subgraphs/bridge/README.md «文件夹 · Folder»
 */
import { appendFileSync, utimesSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { type BridgeWorld, openBridgeWorld, runOnce, standingIn, versionsIn } from '../support/bridge-world.ts';

const nowMs = Date.parse('2026-10-01T00:00:00+08:00');
const mapping = {
  version: 1,
  bridge: 'inbox',
  system: 'xingcheng',
  source: { kind: 'folder', path: 'in', settleSeconds: 5, giveUpSeconds: 60 },
} as const;
/** 「星城公告」 in GB18030. */
const gbTitle = Buffer.from([0xd0, 0xc7, 0xb3, 0xc7, 0xb9, 0xab, 0xb8, 0xe6]);

let world: BridgeWorld;
let home: string;

beforeAll(async () => void (world = await openBridgeWorld()));
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.nextSystem();
  home = await mkdtemp(join(tmpdir(), 'hub-inbox-'));
  await look();
});
afterEach(() => rm(home, { recursive: true }));

const look = (more: object = {}) => runOnce(world, { mapping, home, nowMs, ...more });
const line = (key: string, title = key, type = '1'): string =>
  `${JSON.stringify({ title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: key, DATA_TYPE: type }, context: { TITLE: title, CATEGORY: 'construction', STAGE: 'TENDER' } })}\n`;
const des = (key: string, title: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<DES><TITLE><DATA_EN>BOARD_NOTICE</DATA_EN><DATA_KEY>${key}</DATA_KEY><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT><TITLE>`),
    Buffer.from(title),
    Buffer.from('</TITLE><CATEGORY>construction</CATEGORY><STAGE>TENDER</STAGE></CONTEXT></DES>'),
  ]);
/** Puts a file in place that has lain there for some seconds. */
async function put(name: string, content: string | Buffer, quietSeconds = 10): Promise<string> {
  const path = join(home, 'in', name);
  await writeFile(path, content);
  await age(path, quietSeconds);
  return path;
}
const age = (path: string, seconds: number): Promise<void> => utimes(path, nowMs / 1000 - seconds, nowMs / 1000 - seconds);
const names = async (folder = ''): Promise<readonly string[]> =>
  (await readdir(join(home, 'in', folder))).map((name) => name.replace(/\.[0-9a-f]{12}\./, '.*.')).toSorted();

describe('whole files', () => {
  test('XML in GB18030, XML under a wrapper and JSON lines are taken, oldest first, and moved to done', async () => {
    await put('b.xml', Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GB18030"?>'), des('k1', gbTitle)]), 20);
    await put('a.xml', Buffer.concat([Buffer.from('<LIST>\n'), des('k2', '二'), Buffer.from('\n</LIST>\n')]));
    await put('c.jsonl', line('k1', '星城公告（更正）') + line('k3'));
    const { count } = await look();
    expect(count).toEqual({ read: 4, stored: 4, withdrawn: 0, unchanged: 0, refused: 0, warned: 0 });
    expect((await versionsIn(world)).map(({ key, version }) => [key, version])).toEqual([
      ['k1', 1],
      ['k1', 2],
      ['k2', 1],
      ['k3', 1],
    ]);
    expect([await names(), await names('done')]).toEqual([['done'], ['a.*.xml', 'b.*.xml', 'c.*.jsonl']]);
  });

  test('the same content under another name is not taken again; another content under the same name is', async () => {
    await put('a.jsonl', line('k1', '一'));
    await look();
    await put('again.jsonl', line('k1', '一'));
    await put('a.jsonl', line('k1', '二'));
    expect((await look()).count).toMatchObject({ read: 1, stored: 1 });
    expect(await names('done')).toEqual(['a.*.jsonl', 'a.*.jsonl', 'again.*.jsonl']);
  });

  test('a withdrawal in a message withdraws', async () => {
    await put('a.jsonl', line('k1') + line('k2'));
    await look();
    await put('b.jsonl', line('k1', 'k1', '3'));
    expect((await look()).count).toMatchObject({ withdrawn: 1 });
    expect(Object.keys(await standingIn(world))).toEqual(['k2']);
  });

  test('with keep files stay where they are, and are not taken twice', async () => {
    const keeping = { ...mapping, source: { ...mapping.source, keep: true } };
    await put('a.jsonl', line('k1'));
    expect((await look({ mapping: keeping })).count.read).toBe(1);
    expect((await look({ mapping: keeping })).count.read).toBe(0);
    expect(await names()).toEqual(['a.jsonl']);
  });
});

describe('files on their way', () => {
  test('what is still being written is left alone: it changed just now, has no end yet, or is called so', async () => {
    await put('new.jsonl', line('k1'), 2);
    await put('cut.jsonl', line('k2') + line('k3').slice(0, 40));
    await put('open.xml', Buffer.concat([Buffer.from('<LIST>'), des('k4', '四')]));
    await put('.hidden.jsonl', line('k5'));
    await put('part.jsonl.tmp', line('k6'));
    expect((await look()).count.read).toBe(0);
    expect(await names()).toEqual(['.hidden.jsonl', 'cut.jsonl', 'new.jsonl', 'open.xml', 'part.jsonl.tmp']);
  });

  test('a file that grows to its end is taken as a whole', async () => {
    const path = await put('grows.jsonl', line('k1') + line('k2').slice(0, 50));
    await look();
    await appendFile(path, line('k2').slice(50));
    await age(path, 10);
    expect((await look()).count).toMatchObject({ read: 2, stored: 2, refused: 0 });
  });

  test('one that grows while it is read stays, and nothing of it is lost', async () => {
    const path = await put('grows.jsonl', line('k1'));
    let grown = false;
    const onProgress = (): void => {
      if (grown) return;
      grown = true;
      appendFileSync(path, line('k2'));
      utimesSync(path, nowMs / 1000 - 9, nowMs / 1000 - 9);
    };
    await look({ onProgress });
    expect(await names()).toEqual(['grows.jsonl']);
    await look();
    expect(Object.keys(await standingIn(world))).toEqual(['k1', 'k2']);
    expect(await names()).toEqual(['done']);
  });
});

describe('broken files', () => {
  test('go to refused with a report in both languages; what is good in them is stored', async () => {
    await put('mixed.jsonl', line('k1') + 'no JSON\n' + line('k2').replace('"CATEGORY":"construction",', ''));
    expect((await look()).count).toMatchObject({ read: 3, stored: 1, refused: 2 });
    expect(await names('refused')).toEqual(['mixed.*.jsonl', 'mixed.*.jsonl.report.txt']);
    const report = (await readdir(join(home, 'in/refused'))).find((name) => name.endsWith('.txt')) ?? '';
    const text = await readFile(join(home, 'in/refused', report), 'utf8');
    expect(text.split('\n').slice(0, 2)).toEqual([
      '文件 mixed.jsonl：读到 3 条，入库 1，撤销 0，未变 0，拒收 2。',
      'File mixed.jsonl: 3 read, 1 stored, 0 withdrawn, 0 unchanged, 2 refused.',
    ]);
    expect(text).toMatch(/✗ 第 2 行 line 2 MESSAGE_UNREADABLE .*Not JSON/);
    expect(text).toMatch(/✗ 第 3 行 line 3 CATEGORY REQUIRED_MISSING 必填字段缺失/);
  });

  test('a file that never gets its end is given up, and its report says so', async () => {
    await put('cut.xml', Buffer.concat([Buffer.from('<LIST>'), des('k1', '一'), des('k2', '二').subarray(0, 60)]), 61);
    expect((await look()).count).toMatchObject({ stored: 1 });
    const [, report = ''] = (await readdir(join(home, 'in/refused'))).toSorted();
    expect(await readFile(join(home, 'in/refused', report), 'utf8')).toContain('文件没有写完');
  });
});

test('what a crash left between storing and moving is moved, not stored again', async () => {
  await put('a.jsonl', line('k1'));
  await look({ mapping: { ...mapping, source: { ...mapping.source, keep: true } } });
  expect((await look()).count.read).toBe(0);
  expect([await names(), await names('done')]).toEqual([['done'], ['a.*.jsonl']]);
});
