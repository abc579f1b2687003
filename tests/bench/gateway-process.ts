/**
 * The gateway in a process of its own, as measurements need it: nothing else of the run shares its event loop or its memory.
 */
import { startGateway, type SystemRow } from '@hub/gateway';
import { createLog, signingKeyOf } from '@hub/kit/process';
import { z } from 'zod';

import { publicKey } from './public-key.ts';

const row = z.object({
  code: z.string(),
  name: z.string(),
  url: z.string(),
  state: z.enum(['published', 'withdrawn']),
  contracts: z.array(z.string()),
});
const follow = z.object({ origin: z.string(), publicKeys: z.array(publicKey) });
const order = z.object({
  supergraph: z.string(),
  registryUrl: z.string(),
  systems: z.array(row),
  key: z.unknown(),
  registry: follow.optional(),
});
const newSystems = z.object({ systems: z.array(row) });

let adopted = 0;

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { supergraph, registryUrl, systems, key, registry } = order.parse(message);
  const gateway = await startGateway({
    supergraph,
    port: 0,
    log: createLog('gateway', 'warn'),
    systems,
    endpoints: { registry: registryUrl },
    key: signingKeyOf(key),
    registry,
    reach: { loopback: true },
    // Slow is measured here, not cut off.
    systemDeadlineMs: 60_000,
    operationDeadlineMs: 60_000,
    onEvent: ({ kind }) => void (adopted += kind === 'supergraph-adopted' ? 1 : 0),
  });
  process.on('message', (next) => {
    const rows: readonly SystemRow[] = newSystems.parse(next).systems;
    const startedMs = performance.now();
    gateway.setSystems(rows);
    process.send?.({ replacedMs: performance.now() - startedMs, adopted });
  });
  process.once('disconnect', () => void gateway[Symbol.asyncDispose]());
  process.send?.({ url: `${gateway.url}/graphql` });
}
