/**
 * From the hub's settings to a gateway's options.
 * @see README «Settings»
 */
import { type HubConfig, readSigningKey } from '@hub/kit/process';

import type { GatewayOptions } from './server.ts';

/** What of the settings concerns a gateway. */
export type GatewaySettings = Pick<GatewayOptions, 'key' | 'reach' | 'tokens' | 'cursorKey' | 'corsOrigins' | 'engine'>;

/**
 * @returns The options that come from the environment, for `startGateway`.
 * @throws HubError CONFIG_INVALID when the key file named there cannot be used.
 */
export function gatewaySettings({ cursorKey, corsOrigins, engine, ...config }: HubConfig): GatewaySettings {
  const { tokenSecret, jwksFile, tokenAudience, tokenIssuer, gatewayKeyFile } = config;
  const key = gatewayKeyFile === undefined ? undefined : readSigningKey(gatewayKeyFile);
  return {
    key,
    reach: { loopback: config.allowLoopback, networks: config.allowNetworks },
    tokens: { tokenSecret, jwksFile, tokenAudience, tokenIssuer },
    cursorKey,
    corsOrigins,
    engine,
  };
}
