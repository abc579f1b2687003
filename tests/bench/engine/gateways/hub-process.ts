/**
 * The hub's gateway as it is served; `HUB_ENGINE=reference` runs it over the stock executor. As `scatter` it serves the hub's own
 * law over the systems; their requests are not signed, for nothing there verifies.
 */
import { fileURLToPath } from 'node:url';

import { gatewaySettings, startGateway } from '@hub/gateway';
import { createLog, readConfig } from '@hub/kit/process';

import { gatewayOrder } from './order.ts';

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { supergraph, systems, form } = gatewayOrder.parse(message);
  const scattered = {
    supergraph: fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql')),
    // Called as they call themselves.
    systems: systems.map(({ code, url }) => ({ code, name: code, url, state: 'published' as const })),
  };
  const gateway = await startGateway({
    ...gatewaySettings(readConfig(process.env)),
    ...(form === 'scatter' ? scattered : { supergraph }),
    port: 0,
    log: createLog('gateway', 'warn'),
    reach: { loopback: true },
  });
  process.once('disconnect', () => void gateway[Symbol.asyncDispose]());
  process.send?.({ url: `${gateway.url}/graphql` });
}
