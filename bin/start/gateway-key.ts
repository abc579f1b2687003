/**
 * The key that this hub's gateway signs with, and the keys that its systems answer to.
 * @see schema/PROTOCOL.md 10
 */
import { join } from 'node:path';

import {
  type HubConfig,
  openDataFolder,
  openSigningKey,
  readSigningKey,
  readTrustedKeys,
  type SigningKey,
  type TrustedJwk,
  writePublicKey,
} from '@hub/kit/process';

/** Where the key lies that a first start makes. */
const keyFile = 'gateway-key.json';

/**
 * @returns The key of the file that the settings name, else the data folder's, made when there is none.
 * @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE.
 */
export async function openGatewayKey({ gatewayKeyFile, dataDir }: HubConfig): Promise<SigningKey> {
  if (gatewayKeyFile !== undefined) return readSigningKey(gatewayKeyFile);
  await openDataFolder(dataDir);
  const file = join(dataDir, keyFile);
  const key = openSigningKey(file);
  // For systems that run elsewhere and are to answer this gateway.
  writePublicKey(file, key);
  return key;
}

/** @returns The own gateway's key, and those of others that the settings name. @throws HubError CONFIG_INVALID */
export function trustedKeysOf({ trustedKeysFile }: HubConfig, own: SigningKey): readonly TrustedJwk[] {
  return [own.publicJwk, ...(trustedKeysFile === undefined ? [] : readTrustedKeys(trustedKeysFile))];
}
