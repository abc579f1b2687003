/**
 * A province as it runs: systems in one process, the gateway in another; and a client that asks the systems themselves.
 * @see design/architecture.md «Layout»
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { startGateway, type SystemRow } from '@hub/gateway';
import { createLog, listenOn } from '@hub/kit/process';
import { Pool } from 'undici';
import { z } from 'zod';

import { supergraphFile } from '../support/federation.ts';
import { isObject } from '../support/parse-json.ts';
import { type Program, startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';

const systemsReady = z.object({
  kind: z.literal('ready'),
  registryUrl: z.string(),
  systems: z.array(z.object({ code: z.string(), name: z.string(), url: z.string(), contracts: z.array(z.string()) })),
});
const gatewayReady = z.object({ url: z.string() });

/** The gateway's routing table and the endpoint of the registry. */
export interface Behind {
  readonly systems: readonly SystemRow[];
  readonly registryUrl: string;
}

/** Systems that run in a process of their own, filled as at a first start. */
export interface ProvinceSystems extends Behind, AsyncDisposable {
  readonly pid: number;
}

/** Starts all systems of a province folder over an empty database. */
export async function startProvinceSystems(databaseUrl: string, provinceDir: string): Promise<ProvinceSystems> {
  const program = await startProgram(`${root}/bin/systems-process.ts`, {
    order: { databaseUrl, databaseFolder: null },
    ready: systemsReady,
    env: { HUB_PROVINCE_DIR: provinceDir, HUB_SCALE: '1' },
  });
  const { registryUrl, systems } = program.ready;
  return {
    pid: program.pid,
    registryUrl,
    systems: systems.map((row): SystemRow => ({ ...row, state: 'published' })),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

/** Starts a gateway in a process of its own. @param execArgv - Words for Node, such as those that make it write a profile. */
export function startGatewayProcess(
  { systems, registryUrl }: Behind,
  execArgv: readonly string[] = [],
): Promise<Program<z.output<typeof gatewayReady>>> {
  return startProgram(`${root}/tests/bench/gateway-process.ts`, {
    order: { supergraph: supergraphFile, registryUrl, systems },
    ready: gatewayReady,
    execArgv,
  });
}

/** A client that asks systems directly and waits for the last of them. */
export interface DirectClient extends AsyncDisposable {
  /** @returns What each said, in the order of the table. */
  askAll(body: string): Promise<readonly string[]>;
  askOne(system: number, body: string): Promise<string>;
}

/** @returns A client with kept-alive connections to every system. */
export function openDirectClient(systems: readonly SystemRow[]): DirectClient {
  const pools = systems.map(({ url }) => new Pool(new URL(url).origin, { connections: 64 }));
  const askOne = async (system: number, body: string): Promise<string> => {
    const pool = pools[system];
    if (pool === undefined) throw new RangeError(`there is no system ${system}`);
    const answer = await pool.request({ path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return answer.body.text();
  };
  return {
    askOne,
    askAll: (body) => Promise.all(pools.keys().map((system) => askOne(system, body))),
    [Symbol.asyncDispose]: async () => void (await Promise.all(pools.map((pool) => pool.close()))),
  };
}

/** @returns The bodies a gateway sends to a system for this query. */
export async function bodiesSentFor(query: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  await using opened = new AsyncDisposableStack();
  const listener = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.end('{}');
    });
  });
  const url = `http://127.0.0.1:${await listenOn(listener, 0)}/graphql`;
  opened.defer(() => void listener.close());
  const gateway = opened.use(
    await startGateway({
      supergraph: supergraphFile,
      port: 0,
      log: createLog('gateway', 'silent'),
      systems: [{ code: 'listener', name: 'listener', url, state: 'published' }],
      endpoints: { registry: url },
    }),
  );
  await post(`${gateway.url}/graphql`, query);
  return bodies;
}

/** Asks a GraphQL endpoint with connections of its own. */
export interface Asker extends AsyncDisposable {
  /** @returns The answer as text. @throws Error when it has errors. */
  ask(query: string): Promise<string>;
}

/** @returns A client of one endpoint. */
export function openAsker(url: string): Asker {
  const pool = new Pool(new URL(url).origin, { connections: 64 });
  return {
    async ask(query) {
      const answer = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const told = await answer.body.text();
      if (answer.statusCode !== 200 || told.startsWith('{"errors"')) throw new Error(told.slice(0, 500));
      return told;
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

async function post(url: string, query: string): Promise<void> {
  await using client = openAsker(url);
  await client.ask(query).catch((error: unknown) => {
    if (!isObject(error)) throw error;
  });
}
