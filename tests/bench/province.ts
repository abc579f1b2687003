/**
 * A province as it runs: systems in one process, the gateway in another; and what the gateway sends to them.
 * @see design/architecture.md «Layout»
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { startGateway, type SystemRow } from '@hub/gateway';
import { createLog, listenOn, privateJwkOf } from '@hub/kit/process';
import { z } from 'zod';

import { ask } from '../support/ask.ts';
import { gatewayKey } from '../support/gateway-key.ts';
import { type Program, startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';

/** The supergraph as it is committed. */
export const supergraphFile = fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql'));

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
    order: { databaseUrl, databaseFolder: null, provinceDir, trustedKeys: [gatewayKey.publicJwk], scale: 1, without: [] },
    ready: systemsReady,
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
