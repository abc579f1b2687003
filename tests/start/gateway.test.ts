/**
 * `npm run gateway`, as a person at a terminal and a program that waits for it see it. @see README «The gateway alone»
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { living, runHub } from '../support/hub-process.ts';

const typeDefs = parse('extend schema @link(url: "https://specs.apollo.dev/federation/v2.3") type Query { hello: String! }');

let home: string;

beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-gateway-'))));
afterEach(() => rm(home, { recursive: true, force: true }));

describe('npm run gateway', () => {
  test('says in Chinese that it is ready, then the line that programs wait for', { timeout: 60_000 }, async () => {
    const supergraph = join(home, 'supergraph.graphql');
    const { supergraphSdl = '' } = composeServices([{ name: 'greeter', url: 'http://127.0.0.1:1/graphql', typeDefs }]);
    await writeFile(supergraph, supergraphSdl);
    await using gateway = runHub(['gateway', '--supergraph', supergraph, '--port', '0'], {});
    const url = await gateway.ready;
    gateway.interrupt();
    expect(await gateway.ended).toEqual({
      code: 0,
      signal: null,
      stdout: `网关已就绪，接口 ${url}/graphql，浏览器打开 ${url}/ 可试用；Ctrl-C 结束。\ngateway ready at ${url}\n`,
      stderr: '',
    });
  });

  test('answers with several processes on one port, and ends with all of them', { timeout: 60_000 }, async () => {
    const supergraph = join(home, 'supergraph.graphql');
    const { supergraphSdl = '' } = composeServices([{ name: 'greeter', url: 'http://127.0.0.1:1/graphql', typeDefs }]);
    await writeFile(supergraph, supergraphSdl);
    await using gateway = runHub(['gateway', '--supergraph', supergraph, '--port', '0'], { HUB_WORKERS: '2', HUB_X: '' });
    const url = await gateway.ready;
    const processes = gateway.family();
    expect(processes.length).toBe(3);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    gateway.interrupt();
    expect(await gateway.ended).toEqual({
      code: 0,
      signal: null,
      stdout: `网关已就绪，接口 ${url}/graphql，浏览器打开 ${url}/ 可试用；2 个进程，kill -HUP ${processes[0]} 逐个更换；Ctrl-C 结束。\ngateway ready at ${url}\n`,
      stderr:
        '! 不认识的环境变量，已忽略：HUB_X（最接近的是 HUB_PORT）。  Unknown environment variables are ignored: HUB_X (the nearest is HUB_PORT).\n',
    });
    expect(living(processes)).toEqual([]);
  });

  test('names the flag of a port that is none', { timeout: 60_000 }, async () => {
    await using gateway = runHub(['gateway', '--supergraph', 'x.graphql', '--port', 'abc'], {});
    expect(await gateway.ended).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr:
        '✗ 选项 --port abc 无效：应为 0–65535 的整数。  Option --port abc is not valid: must be a whole number from 0 to 65535. [CONFIG_INVALID]\n',
    });
  });
});
