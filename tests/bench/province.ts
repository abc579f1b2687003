/**
 * A province as it runs: systems in one process, the gateway in another; and what the gateway sends to them.
 * @see design/architecture.md «Layout»
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { startGateway, type SystemRow } from '@hub/gateway';
import { createLog, listenOn, privateJwkOf, signatureHeader } from '@hub/kit/process';
import { z } from 'zod';

import { ask } from '../support/ask.ts';
import { gatewayKey, gatewaySigner } from '../support/gateway-key.ts';
import { type Program, startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';

/** The supergraph as it is committed. */
export const supergraphFile = fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql'));

const systemsReady = z.object({
  kind: z.literal('ready'),
  registry: z.object({ url: z.string(), origin: z.string() }),
});
const routing = z.object({
  systems: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      url: z.string(),
      state: z.enum(['published', 'withdrawn']),
      contracts: z.array(z.string()),
    }),
  ),
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

/** Starts all systems of a province folder over an empty database, as `npm start` does. */
export async function startProvinceSystems(databaseUrl: string, provinceDir: string): Promise<ProvinceSystems> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-bench-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const trustedKeys = [gatewayKey.publicJwk];
  const nothingBeyond = { registryPort: 0, exchangePort: 0, allowLoopback: false, allowNetworks: [], without: [] };
  const order = { databaseUrl, databaseFolder: null, dataDir, provinceDir, ...nothingBeyond, trustedKeys, scale: 1 };
  const program = opened.use(await startProgram(`${root}/bin/systems-process.ts`, { order, ready: systemsReady }));
  const { registry } = program.ready;
  const systems = await routesAt(registry.origin);
  const running = opened.move();
  return { pid: program.pid, registryUrl: registry.url, systems, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** @returns The routing table as the registry gives it to gateways. */
async function routesAt(origin: string): Promise<readonly SystemRow[]> {
  const headers = { [signatureHeader]: gatewaySigner.sign('registry', '') };
  const told = await (await fetch(`${origin}/routing?after=-1`, { headers })).text();
  return routing.parse(JSON.parse(Buffer.from(told.split('.')[1] ?? '', 'base64url').toString())).systems;
}

/** Starts a gateway in a process of its own. @param execArgv - Words for Node, such as those that make it write a profile. */
export function startGatewayProcess(
  { systems, registryUrl }: Behind,
  execArgv: readonly string[] = [],
): Promise<Program<z.output<typeof gatewayReady>>> {
  return startProgram(`${root}/tests/bench/gateway-process.ts`, {
    order: { supergraph: supergraphFile, registryUrl, systems, key: privateJwkOf(gatewayKey) },
    ready: gatewayReady,
    execArgv,
  });
}

/** @returns What a gateway of so many systems sends them for this query at first; one body when all get the same. */
export async function bodiesSentFor(query: string, systems: number): Promise<readonly string[]> {
  const bodies = new Set<string>();
  await using opened = new AsyncDisposableStack();
  const listener = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.add(body);
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
      systems: Array.from({ length: systems }, (_, place) => ({ code: `l${place}`, name: `l${place}`, url, state: 'published' })),
      endpoints: { registry: url },
      reach: { loopback: true },
    }),
  );
  await ask(`${gateway.url}/graphql`, { query });
  return [...bodies];
}
