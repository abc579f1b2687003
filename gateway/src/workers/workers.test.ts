/**
 * Two gateway processes on one port, under load: replaced, killed, orphaned. @see README «All cores»
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startFakeSystem } from '../../testing/fake-system.ts';
import { at } from '../../testing/json.ts';
import { worksSupergraph } from '../../testing/works.ts';

const program = fileURLToPath(new URL('../../testing/workers-process.ts', import.meta.url));
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url));

const opened = new AsyncDisposableStack();
let gateways: Gateways;

// One after the other on the same gateways: a start costs more than what is looked at.
beforeAll(async () => void (gateways = opened.use(await startGateways({}))), 60_000);
afterAll(() => opened.disposeAsync());

describe('Several processes on one port', { timeout: 60_000 }, () => {
  test('all are replaced one after the other, twice, and no request fails', async () => {
    const load = startLoad(gateways.port);
    await load.answered(100);
    process.kill(gateways.pid, 'SIGHUP');
    await gateways.told('"workers":[3,4]');
    await load.answered(100);
    process.kill(gateways.pid, 'SIGHUP');
    await gateways.told('"workers":[5,6]');
    await load.answered(100);
    expect(await load.stop()).toEqual([]);
  });

  test('one that is killed takes only its own connections with it, and is started again', async () => {
    const load = startLoad(gateways.port);
    await load.answered(100);
    const [killed = '', ...others] = load.workers();
    process.kill(Number(killed), 'SIGKILL');
    await gateways.told('网关进程已重新启动');
    await load.answered(100);
    const failures = await load.stop();
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter(({ worker }) => worker !== killed)).toEqual([]);
    // In turn.
    const [one, two] = [await ask(gateways.port), await ask(gateways.port)];
    expect({ others, known: [one, two].filter((worker) => others.includes(worker)), killed: [one, two].includes(killed) }).toEqual({
      others: [expect.any(String)],
      known: others,
      killed: false,
    });
  });

  test('when their supervisor is killed they answer what is under way, and end', async () => {
    const answer = ask(gateways.port, { path: '/held' });
    await gateways.told('held');
    gateways.kill();
    expect(await answer).toMatch(/^\d+$/);
    // Standard error is theirs too: it closes with the last of them.
    await gateways.ended;
  });

  test('each reads the cursors of the others, though no key is set', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-workers-'));
    await using _folder = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
    const supergraph = join(folder, 'supergraph.graphql');
    await writeFile(supergraph, worksSupergraph());
    await using system = await startFakeSystem(
      'aa',
      ['A', 'B', 'C', 'D'].map((code) => ({ code, title: code })),
    );
    await using real = await startGateways({ over: { supergraph, systems: [{ code: system.code, url: system.url }] } });
    const query =
      'query ($after: String) { works(first: 1, order: TITLE_ASC, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }';
    const codes: unknown[] = [];
    // A connection of its own for each page: they go to the processes in turn.
    for (let [after, more]: readonly unknown[] = [null, true]; more === true;) {
      const page: unknown = JSON.parse(await ask(real.port, { path: '/graphql', body: { query, variables: { after } } }));
      codes.push(at(page, 'data', 'works', 'nodes', 0, 'code') ?? page);
      [after, more] = ['endCursor', 'hasNextPage'].map((name) => at(page, 'data', 'works', 'pageInfo', name));
    }
    expect(codes).toEqual(['A', 'B', 'C', 'D']);
  });
});

interface Gateways extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** Resolves when it has told these words. */
  told(words: string): Promise<void>;
  /** Kills the supervisor. */
  kill(): void;
  /** Resolves when it and all its workers are gone. */
  readonly ended: Promise<unknown>;
}

async function startGateways(order: object): Promise<Gateways> {
  const env = { ...process.env, NODE_ENV: 'production', NODE_COMPILE_CACHE: compiled };
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => void (said += piece));
  const ended = once(child, 'close');
  const told = async (words: string): Promise<void> => {
    while (!said.includes(words)) {
      if (child.exitCode !== null) throw new Error(`ended before it told «${words}»: ${said}`);
      await Promise.race([once(child.stderr, 'data'), ended]);
    }
  };
  await told(' \n');
  return {
    pid: child.pid ?? 0,
    port: Number(/ready at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]),
    told,
    ended,
    kill: () => void child.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

async function ask(port: number, { path = '/', body = {}, agent = new Agent() } = {}): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const asking = request({ port, host: '127.0.0.1', path, method: 'POST', headers, agent, timeout: 10_000 });
  asking.once('timeout', () => asking.destroy(new Error('no answer')));
  asking.end(JSON.stringify(body));
  const [response]: IncomingMessage[] = await once(asking, 'response');
  return response === undefined ? '' : text(response);
}

interface Failure {
  /** The process that had answered on that connection; none: it was new. */
  readonly worker: string | undefined;
  readonly why: string;
}

interface Load {
  /** Resolves when every client has been answered so many times more. */
  answered(times: number): Promise<void>;
  /** Process numbers of those that answer now. */
  workers(): readonly string[];
  stop(): Promise<readonly Failure[]>;
}

/** Clients that ask one request after the other, each on a connection that it keeps as long as it can. */
function startLoad(port: number): Load {
  const over = new AbortController();
  const failures: Failure[] = [];
  const clients = Array.from({ length: 6 }, () => ({ answered: 0, worker: '' }));
  let onAnswer = (): void => {};
  const running = clients.map(async (client) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!over.signal.aborted) {
      const kept = Object.keys(agent.freeSockets).length > 0;
      try {
        client.worker = await ask(port, { agent });
        client.answered++;
        onAnswer();
      } catch (cause) {
        failures.push({ worker: kept ? client.worker : undefined, why: String(cause) });
      }
    }
    agent.destroy();
  });
  return {
    answered(times) {
      const aims = clients.map((client) => ({ client, aim: client.answered + times }));
      return new Promise((resolve) => {
        onAnswer = () => void (aims.every(({ client, aim }) => client.answered >= aim) && resolve());
      });
    },
    workers: () => [...new Set(clients.map(({ worker }) => worker))],
    async stop() {
      over.abort();
      await Promise.all(running);
      return failures;
    },
  };
}
