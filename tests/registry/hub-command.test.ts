/**
 * `hub system …` and `hub whoami` as a person calls them, against a registry that runs: what is printed where, in both forms, and
 * how each ends.
 * @see subgraphs/registry/README.md «命令行 · Command line»
 */
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { createSigningKey, privateJwkOf, type SigningKey, systemClock } from '@hub/kit/process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { commandsIn, hubIn, startIn } from '../support/hub-command.ts';
import { keys, sdlOf, startToyRegistry, type ToyRegistry } from '../support/toy-registry.ts';

/** Of the city that comes new. */
const newcity = createSigningKey();
const endpoint = 'http://127.0.0.1:5999/graphql';
let toy: ToyRegistry;
let folder: string;
let operator: ReturnType<typeof hubIn>;
let city: ReturnType<typeof hubIn>;
/** As `city`, without a process. */
let here: ReturnType<typeof commandsIn>;
let operatorHere: typeof here;

beforeAll(async () => {
  toy = await startToyRegistry(systemClock);
  folder = await mkdtemp(join(tmpdir(), 'hub-command-'));
  await writeKey('operator.json', keys.operator);
  await writeKey('newcity.json', newcity);
  await writeFile(join(folder, 'schema.graphql'), sdlOf('board'));
  await writeFile(join(folder, 'broken.graphql'), sdlOf('board').replace('\n  title: String!', '\n  headline: String!'));
  const registry = { HUB_REGISTRY_URL: toy.registry.origin };
  operator = hubIn(folder, { ...registry, HUB_KEY_FILE: 'operator.json' });
  operatorHere = commandsIn(folder, { ...registry, HUB_KEY_FILE: 'operator.json' });
  const own = { ...registry, HUB_KEY_FILE: 'newcity.json', HUB_SYSTEM: 'newcity' };
  city = hubIn(folder, own);
  here = commandsIn(folder, own);
});
afterAll(async () => {
  await toy[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('A city’s afternoon', { timeout: 60_000 }, () => {
  test('register: once; then the answer is no; a private key is never sent', async () => {
    const input = {
      code: 'newcity',
      name: '新城公共资源交易中心',
      nameEn: 'New City',
      owner: '新城市人民政府',
      region: '990100',
      contracts: ['board', 'land'],
    };
    await writeFile(join(folder, 'registration.json'), JSON.stringify({ ...input, key: newcity.publicJwk }));
    await writeFile(join(folder, 'private.json'), JSON.stringify({ ...input, key: privateJwkOf(newcity) }));
    expect(await operatorHere('system', 'register', 'private.json')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^private\.json 里是私钥.*\n$/),
    });
    expect(await operator('system', 'register', 'registration.json')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^✓ 已登记 newcity 新城公共资源交易中心/),
    });
    expect(await operator('system', 'register', 'registration.json')).toEqual({
      code: 1,
      stdout: '',
      stderr: '✗ 代码 newcity 已被登记，代码永不复用。  The code newcity is taken; codes are never reused. [REGISTRATION_INVALID]\n',
    });
  });

  test('whoami: the key’s name, role and thumbprint', async () => {
    expect(json(await here('whoami', '--format', 'json'))).toEqual({
      version: 1,
      kind: 'caller',
      caller: { name: 'newcity', role: 'SYSTEM', kid: newcity.kid, contracts: ['board', 'land'] },
      keyFile: join(folder, 'newcity.json'),
      registry: toy.registry.origin,
    });
    expect(await operatorHere('whoami')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('运维 OPERATOR') });
  });

  test('check: findings as a compiler prints them, all at once, and the answer is no; good: yes, and nothing is published', async () => {
    const { code, stdout, stderr } = await city('system', 'check', '--sdl', 'broken.graphql', '--contract', 'board');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const first = stdout.split('\n').filter((line) => !line.startsWith('    '));
    expect(
      first.slice(0, -2).every((line) => /^broken\.graphql:\d+:\d+: (拒收 REFUSAL|提示 WARNING) [A-Z_]+ \S+ .*改法：/.test(line)),
    ).toBe(true);
    expect(first.at(-2)).toMatch(/^✗ 不得发布 refused newcity：拒收 \d+ 处，提示 \d+ 处/);
    const good = json(await here('system', 'check', '--sdl', 'schema.graphql', '--contract', 'board', '--format', 'json'));
    expect(good).toMatchObject({ version: 1, kind: 'check', system: 'newcity', file: 'schema.graphql', passed: true, findings: [] });
    expect(json(await here('system', 'show', '--format', 'json'))).toMatchObject({
      system: { state: 'DRAFT' },
      versions: [],
      checks: [{ passed: true }, { passed: false }],
    });
  });

  test('publish: what changed, the position; the same again changes nothing; what is refused is not published', async () => {
    const words = ['system', 'publish', '--sdl', 'schema.graphql', '--contract', 'board', '--endpoint', endpoint];
    const { code, stdout, stderr } = await city(...words);
    expect({ code, stderr, lines: stdout.split('\n') }).toEqual({
      code: 0,
      stderr: '',
      lines: [
        '  state: 已登记 DRAFT → 已发布 PUBLISHED',
        '  version: - → 1',
        `  endpoint: - → ${endpoint}`,
        '  contracts: board land → board',
        '✓ 已发布 published newcity：拒收 0 处，提示 0 处  0 refusals, 0 warnings',
        expect.stringMatching(/^ {2}历史位置 position \d+；各网关 2 秒内照此分发 {2}gateways route by it within 2 s$/),
        '',
      ],
    });
    expect(json(await here(...words, '--format', 'json'))).toMatchObject({
      kind: 'publication',
      published: true,
      position: null,
      changes: [],
    });
    expect(await here('system', 'publish', '--sdl', 'broken.graphql')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('✗ 未发布 not published newcity'),
    });
    expect(await here('system', 'publish', '--endpoint', 'file:///etc/passwd')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('[REGISTRATION_INVALID]'),
    });
  });

  test('list and show: columns one below the other, no colour in a pipe', async () => {
    const { code, stdout } = await operator('system', 'list');
    const [head = '', ...rows] = stdout.trimEnd().split('\n');
    expect({ code, codes: rows.map((row) => row.split(' ')[0]) }).toEqual({
      code: 0,
      codes: ['newcity', 'toy-construction', 'xingcheng', 'yuecheng'],
    });
    expect(head).toMatch(/^代码 code +名称 name +状态 state/);
    expect(stdout).not.toContain('\u001B');
    expect(json(await here('system', 'list', '--format', 'json'))).toMatchObject({
      kind: 'systems',
      systems: [{ code: 'newcity', version: 1 }],
    });
    expect((await operatorHere('system', 'show', 'newcity')).stdout).toContain(newcity.kid);
    expect(await operatorHere('system', 'show', 'nowhere')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('[SYSTEM_UNKNOWN]'),
    });
  });

  test('withdraw asks, and where nobody can answer wants --yes; republish and rollback', async () => {
    expect(await city('system', 'withdraw')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') });
    expect(json(await here('system', 'withdraw', '--yes', '--reason', '搬迁', '--format', 'json'))).toMatchObject({
      kind: 'withdrawal',
      system: { state: 'WITHDRAWN' },
    });
    expect(await here('system', 'republish')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^✓ 已恢复 newcity/) });
    expect(await here('system', 'rollback')).toMatchObject({ code: 1, stderr: expect.stringContaining('没有比现行（1）更早的版本') });
    await here('system', 'publish', '--sdl', 'schema.graphql', '--contract', 'board', 'land');
    await writeFile(join(folder, 'both.graphql'), sdlOf('board', 'land'));
    await here('system', 'publish', '--sdl', 'both.graphql', '--contract', 'board', 'land');
    expect(json(await here('system', 'rollback', '--format', 'json'))).toMatchObject({
      kind: 'rollback',
      system: { version: 1, contracts: ['board'] },
    });
  });

  test('logs: the whole story in order', async () => {
    const events = ['REGISTERED', 'PUBLISHED', 'WITHDRAWN', 'REPUBLISHED', 'PUBLISHED', 'ROLLED_BACK'];
    const told = json(await here('system', 'logs', '--format', 'json'));
    expect(told).toMatchObject({ kind: 'history', events: events.map((what) => ({ what })) });
    const { stdout } = await city('system', 'logs', '--last', '2');
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringContaining('PUBLISHED'),
      expect.stringMatching(/回到旧版 ROLLED_BACK .*newcity \(.*"version":1/),
    ]);
  });

  test('logs --follow: what happens from now on, a line each, until Ctrl-C', async () => {
    const settings = { HUB_REGISTRY_URL: toy.registry.origin, HUB_KEY_FILE: 'newcity.json', HUB_SYSTEM: 'newcity' };
    const following = startIn(folder, settings, ['system', 'logs', '--follow', '--last', '1', '--format', 'json']);
    const [ended, lines] = [once(following, 'exit'), createInterface({ input: following.stdout })[Symbol.asyncIterator]()];
    const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
    expect(await next()).toMatchObject({ version: 1, kind: 'event', what: 'ROLLED_BACK', detail: { version: 1, from: 2 } });
    await here('system', 'withdraw', '--yes', '--reason', '检修');
    expect(await next()).toMatchObject({ what: 'WITHDRAWN', detail: { reason: '检修' } });
    following.kill('SIGINT');
    expect((await ended)[0]).toBe(0);
  });
});

describe('rotate-key', { timeout: 60_000 }, () => {
  test('the new key takes the old one’s place, which is kept; both are good', async () => {
    expect(await city('system', 'rotate-key')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^✓ newcity 已换钥/) });
    expect(await filesOfKey()).toEqual(['newcity.json', 'newcity.json.previous']);
    expect((await stat(join(folder, 'newcity.json'))).mode & 0o777).toBe(0o600);
    const now = json(await here('whoami', '--format', 'json'));
    expect(now).toMatchObject({ caller: { name: 'newcity', kid: expect.not.stringMatching(newcity.kid) } });
    expect(json(await here('whoami', '--key', 'newcity.json.previous', '--format', 'json'))).toMatchObject({
      caller: { kid: newcity.kid },
    });
  });

  test('broken off before the registry knew the next key, it goes on at the next call', async () => {
    await writeKey('newcity.json.next', createSigningKey());
    expect(await here('system', 'rotate-key')).toMatchObject({ code: 0, stderr: expect.stringContaining('接着做上次中断的换钥') });
    expect(await filesOfKey()).toEqual(['newcity.json', 'newcity.json.previous']);
  });

  test('broken off after it knew, and the old key has run out: still it goes on', async () => {
    const next = createSigningKey();
    await writeKey('newcity.json.next', next);
    const rotate = 'mutation ($key: PublicKeyInput!) { rotateKey(system: "newcity", key: $key, overlapHours: 0) { kid } }';
    expect((await toy.as('operator')(rotate, { key: next.publicJwk })).errors).toEqual([]);
    expect(await here('whoami')).toMatchObject({ code: 2, stderr: expect.stringContaining('再执行 hub system rotate-key') });
    expect(await here('system', 'rotate-key')).toMatchObject({ code: 0, stderr: expect.stringContaining('接着做上次中断的换钥') });
    expect(json(await here('whoami', '--format', 'json'))).toMatchObject({ caller: { kid: next.kid } });
  });

  test('an operator’s key is not replaced by a system’s', async () => {
    const was = await readFile(join(folder, 'operator.json'), 'utf8');
    expect(await operatorHere('system', 'rotate-key', 'yuecheng')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('[CONFIG_INVALID]'),
    });
    expect(await readFile(join(folder, 'operator.json'), 'utf8')).toBe(was);
  });
});

function json({ code, stdout, stderr }: { readonly code: number; readonly stdout: string; readonly stderr: string }): unknown {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function filesOfKey(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('newcity.json')).toSorted();
}

async function writeKey(name: string, key: SigningKey): Promise<void> {
  await writeFile(join(folder, name), JSON.stringify(privateJwkOf(key)), { mode: 0o600 });
}
