/**
 * Opens the gateway over the systems that were just started, here or in processes of its own.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type GatewayOptions, gatewaySettings, serveAsWorker, startGateway, superviseWorkers } from '@hub/gateway';
import {
  createLog,
  type HubConfig,
  type Log,
  openProvinceFolder,
  privateJwkOf,
  provinceCodes,
  readExamples,
  type SigningKey,
  signingKeyOf,
} from '@hub/kit/process';
import type { Province } from '@hub/schema';
import { z } from 'zod';

import { type SystemsReady, systemsReady } from './messages.ts';

/** What it stands in front of. */
export interface Behind {
  readonly ready: SystemsReady;
  readonly province: Province;
  readonly key: SigningKey;
  readonly log: Log;
  /** For the explorer. */
  readonly examples: readonly string[];
}

/** The gateway, wherever it runs. */
export interface OpenGateway extends AsyncDisposable {
  readonly url: string;
}

/** @throws HubError PORT_IN_USE, CONFIG_INVALID. */
export function openGateway(config: HubConfig, behind: Behind): Promise<OpenGateway> {
  const { port, workers, cursorKey } = config;
  if (workers === 1) return startGateway({ ...optionsOf(config, behind), port });
  const { ready, key, log } = behind;
  return superviseWorkers({ port, count: workers, cursorKey, behind: { ready, key: privateJwkOf(key) }, log });
}

const signingKey = z.unknown().transform((jwk) => {
  const key = signingKeyOf(jwk);
  if (key === undefined) throw new TypeError('no signing key');
  return key;
});
const told = z.object({ ready: systemsReady, key: signingKey });

/** This process as one of those that `openGateway` started. */
export function serveGateway(config: HubConfig): Promise<void> {
  return serveAsWorker({
    log: createLog('hub', config.logLevel),
    async open(given, behind) {
      const { ready, key } = told.parse(behind);
      const folder = await openProvinceFolder(config.provinceDir);
      const { province } = folder;
      const examples = await readExamples(folder);
      return startGateway({ ...optionsOf(config, { ready, province, key, log: given.log, examples }), ...given });
    },
  });
}

function optionsOf(
  config: HubConfig,
  { ready: { registry, exchange, own }, province, key, log, examples }: Behind,
): Omit<GatewayOptions, 'port'> {
  return {
    ...gatewaySettings(config),
    key,
    // What was started here is reached where it listens; every other system only where the Internet would find it.
    reach: { loopback: config.allowLoopback, networks: config.allowNetworks, own },
    supergraph: fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql')),
    log,
    examples,
    registry: { origin: registry.origin, publicKeys: [registry.publicKey], copyFile: join(config.dataDir, 'routing.jws') },
    endpoints: { registry: registry.url, exchange: exchange.url },
    codes: provinceCodes(province),
  };
}
