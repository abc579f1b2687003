/**
 * From the settings to the registry that a gateway on its own follows: routing, the registry's own part of the graph, and the
 * copies it starts by when the registry is down.
 * @see README «Following a registry»
 */
import { join } from 'node:path';

import { type HubConfig, openDataFolder, openSigningKey, readKeySet, readSigningKey, writePublicKey } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import type { GatewayOptions } from './server.ts';

/** What following takes. */
export type Following = Pick<GatewayOptions, 'key' | 'registry' | 'endpoints'>;

/**
 * @returns The options, with the key that the gateway signs with: the one the settings name, else the data folder's, made when
 *   there is none; its public half lies beside it. Undefined when no registry is named.
 * @throws HubError CONFIG_INVALID when the registry's key is missing or a key file cannot be used, FOLDER_UNREADABLE.
 */
export async function followedRegistry(config: HubConfig): Promise<Following | undefined> {
  const { registryUrl: origin, registryKeyFile, exchangeUrl, dataDir, gatewayKeyFile } = config;
  if (origin === undefined && registryKeyFile === undefined) return undefined;
  if (origin === undefined || registryKeyFile === undefined) {
    throw new HubError('CONFIG_INVALID', {
      zh: '跟随登记处须同时给出网址和公钥：--registry（HUB_REGISTRY_URL）与 --registry-key（HUB_REGISTRY_KEY_FILE）。',
      en: 'Following a registry takes its address and its public key: --registry (HUB_REGISTRY_URL) and --registry-key (HUB_REGISTRY_KEY_FILE).',
    });
  }
  await openDataFolder(dataDir);
  const key = gatewayKeyFile === undefined ? openOwnKey(join(dataDir, 'gateway-key.json')) : readSigningKey(gatewayKeyFile);
  return {
    key,
    registry: { origin, publicKeys: readKeySet(registryKeyFile), copyFile: join(dataDir, 'routing.jws') },
    endpoints: {
      registry: `${origin}/graphql`,
      ...(exchangeUrl === undefined ? {} : { exchange: `${exchangeUrl}/graphql` }),
    },
  };
}

function openOwnKey(file: string): ReturnType<typeof openSigningKey> {
  const key = openSigningKey(file);
  writePublicKey(file, key);
  return key;
}
