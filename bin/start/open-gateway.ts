/**
 * Opens the gateway over the systems that were just started.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Gateway, gatewaySettings, startGateway } from '@hub/gateway';
import { type HubConfig, type Log, provinceCodes, type SigningKey } from '@hub/kit/process';
import type { Province } from '@hub/schema';

import type { SystemsReady } from './messages.ts';

/** What it stands in front of. */
export interface Behind {
  readonly ready: SystemsReady;
  readonly province: Province;
  readonly key: SigningKey;
  readonly log: Log;
  /** For the explorer. */
  readonly examples: readonly string[];
}

/** @throws HubError PORT_IN_USE, CONFIG_INVALID. */
export function openGateway(
  config: HubConfig,
  { ready: { registry, exchange, own }, province, key, log, examples }: Behind,
): Promise<Gateway> {
  return startGateway({
    ...gatewaySettings(config),
    key,
    // What was started here is reached where it listens; every other system only where the Internet would find it.
    reach: { loopback: config.allowLoopback, networks: config.allowNetworks, own },
    supergraph: fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql')),
    port: config.port,
    log,
    examples,
    registry: { origin: registry.origin, publicKeys: [registry.publicKey], copyFile: join(config.dataDir, 'routing.jws') },
    endpoints: { registry: registry.url, exchange: exchange.url },
    codes: provinceCodes(province),
  });
}
