/**
 * `hub contract …`: a change of contracts from its comparison to its approval and back, as operators call it; and completion,
 * which offers every command there is.
 * @see subgraphs/registry/README.md «命令行 · Command line»
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { privateJwkOf, systemClock } from '@hub/kit/process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { commandsIn, hubIn } from '../support/hub-command.ts';
import { gatewayKey } from '../support/gateway-key.ts';
import { root } from '../support/repository.ts';
import { keys, startToyRegistry, type ToyRegistry } from '../support/toy-registry.ts';

let toy: ToyRegistry;
let folder: string;
let first: ReturnType<typeof commandsIn>;
let second: ReturnType<typeof commandsIn>;

beforeAll(async () => {
  toy = await startToyRegistry(systemClock);
  folder = await mkdtemp(join(tmpdir(), 'hub-contract-'));
  for (const name of ['operator', 'second-operator'] as const) {
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ ...privateJwkOf(keys[name]), name }), { mode: 0o600 });
  }
  // Few contracts, so that composing them takes no time.
  await mkdir(join(folder, 'few', 'contracts'), { recursive: true });
  for (const name of ['board', 'registry', 'sink'])
    await cp(join(root, `schema/contracts/${name}.graphql`), join(folder, `few/contracts/${name}.graphql`));
  for (const name of ['shared.graphql', 'directives.graphql', 'codes'])
    await cp(join(root, 'schema', name), join(folder, 'few', name), { recursive: true });
  const settings = { HUB_REGISTRY_URL: toy.registry.origin };
  first = commandsIn(folder, { ...settings, HUB_KEY_FILE: 'operator.json' });
  second = commandsIn(folder, { ...settings, HUB_KEY_FILE: 'second-operator.json' });
});
afterAll(async () => {
  await toy[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('Contracts', { timeout: 60_000 }, () => {
  test('list and show: what is in force, and its text alone, fit for a file', async () => {
    const { code, stdout } = await first('contract', 'list');
    expect({ code, lines: stdout.split('\n') }).toEqual({
      code: 0,
      lines: expect.arrayContaining([
        expect.stringMatching(/^名称 name +标题 title/),
        expect.stringMatching(/^board +/),
        expect.stringMatching(/^1 +现行 IN_FORCE/),
      ]),
    });
    expect((await first('contract', 'show', 'sink')).stdout).toMatch(/^名称 name +sink\n/);
    expect((await first('contract', 'show', 'sink', '--sdl')).stdout).toMatch(/type SinkResult /);
    expect(JSON.parse((await first('contract', 'show', 'sink', '--format', 'json')).stdout)).toMatchObject({
      version: 1,
      kind: 'contract',
      contract: { name: 'sink' },
    });
    expect(await first('contract', 'show', 'sinc')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('[CONTRACT_INVALID]'),
    });
  });

  test('diff: this checkout is what is in force; another folder is told change by change, and nothing is kept', async () => {
    expect(await first('contract', 'diff')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^与现行相同 identical：对照发布 1/),
    });
    const { code, stdout } = await first('contract', 'diff', '--from', 'few');
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^✓ 可直接生效 may come in force at once：/),
    });
    expect(stdout).toContain('破坏 BREAKING CONTRACT_REMOVED construction ');
    expect(await first('contract', 'diff', '--from', 'nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[FOLDER_UNREADABLE]'),
    });
  });

  test('propose, approve by another person, and back', async () => {
    expect(await first('contract', 'propose', '--from', 'few', '--note', '精简')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/✓ 发布 release 2 现行 IN_FORCE\n$/),
    });
    await used();
    const file = join(folder, 'few/contracts/sink.graphql');
    const text = await readFile(file, 'utf8');
    const asked = 'code: "SINK_PROJECT_NO", type: "C..100", required: true, national: false) @visibility(to: PUBLIC)';
    await writeFile(file, text.replace(`${asked} @indexed`, asked));
    expect(await first('contract', 'diff', '--from', 'few')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/在用 in use：1 种操作 operations，7 次 requests.*须第二个人批准/),
    });
    expect(await first('contract', 'propose', '--from', 'few')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/release 3 待批准 PROPOSED；.*hub contract approve 3/),
    });
    expect(await first('contract', 'approve', '3')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('[FORBIDDEN]') });
    expect(await second('contract', 'approve', '3')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✓ 契约发布 3：现行 IN_FORCE/),
    });
    expect(JSON.parse((await first('contract', 'rollback', '--reason', '有误', '--format', 'json')).stdout)).toMatchObject({
      kind: 'contract-release',
      release: { number: 2, state: 'IN_FORCE' },
    });
    await first('contract', 'propose', '--from', 'few');
    expect(await first('contract', 'reject', '4', '--reason', '不改了')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✓ 契约发布 4：已驳回 REJECTED/),
    });
  });
});

describe('Completion', { timeout: 30_000 }, () => {
  test('bash offers the verbs of a noun and the options of a verb, and every command that help shows', async () => {
    const script = (await hubIn(folder)('completion', 'bash')).stdout;
    const offered = (...words: readonly string[]): readonly string[] => {
      const line = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _hub; echo "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', `${script}\n${line}`], { encoding: 'utf8' })
        .trim()
        .split(' ');
    };
    expect(offered('hub', 'sy')).toEqual(['system']);
    expect(offered('hub', 'system', 'r')).toEqual(['register', 'republish', 'rollback', 'rotate-key']);
    expect(offered('hub', 'contract', 'show', '--s')).toEqual(['--sdl']);
    const help = (await hubIn(folder)('--help')).stdout.split('Commands:\n')[1] ?? '';
    const shown = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    expect(offered('hub', '').filter((word) => !word.startsWith('-'))).toEqual(shown);
  });

  test.each(['zsh', 'fish'])('%s is told the same commands', async (shell) => {
    const script = (await commandsIn(folder)('completion', shell)).stdout;
    for (const word of ['rotate-key', 'whoami', 'overlap-hours']) expect(script).toContain(word);
  });
});

/** A gateway tells that the hall filters by the number of a sink project. */
async function used(): Promise<void> {
  const report = 'mutation ($operations: [OperationUse!]!) { reportUsage(run: "a-run-of-a-gateway", batch: 1, operations: $operations) }';
  const fields = ['Query.sinkNotices', 'Query.sinkNotices(filter:)', 'SinkNoticeFilter.sinkNumber', 'SinkNotice.title'];
  const counts = [{ hour: new Date().toISOString(), client: 'hall', requests: 7, errors: 0 }];
  const text = '{ sinkNotices(filter: { sinkNumber: { } }) { nodes { title } } }';
  const { errors } = await toy.with('gateway', gatewayKey)(report, { operations: [{ text, fields, given: [], counts }] });
  expect(errors).toEqual([]);
}
