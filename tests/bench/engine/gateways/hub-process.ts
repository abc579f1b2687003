/**
 * The hub's gateway as it is served; `HUB_ENGINE=reference` runs it over the stock executor.
 */
import { gatewaySettings, startGateway } from '@hub/gateway';
import { createLog, readConfig } from '@hub/kit/process';

import { gatewayOrder } from './order.ts';

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { supergraph } = gatewayOrder.parse(message);
  const gateway = await startGateway({
    ...gatewaySettings(readConfig(process.env)),
    supergraph,
    port: 0,
    log: createLog('gateway', 'warn'),
    reach: { loopback: true },
  });
  process.once('disconnect', () => void gateway[Symbol.asyncDispose]());
  process.send?.({ url: `${gateway.url}/graphql` });
}
