/**
 * From the hub's settings to a gateway's options.
 * @see README «Settings»
 */
import type { HubConfig } from '@hub/kit/process';

import type { GatewayOptions } from './server.ts';

/** What of the settings concerns a gateway. */
export type GatewaySettings = Pick<GatewayOptions, 'tokens' | 'cursorKey' | 'corsOrigins'>;

/** @returns The options that come from the environment, for `startGateway`. */
export function gatewaySettings({ cursorKey, corsOrigins, ...config }: HubConfig): GatewaySettings {
  const { tokenSecret, jwksFile, tokenAudience, tokenIssuer } = config;
  return { tokens: { tokenSecret, jwksFile, tokenAudience, tokenIssuer }, cursorKey, corsOrigins };
}
