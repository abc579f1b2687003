/**
 * The file that keeps the key by which statements are signed where there is no device for it: one SM2 private key, PEM.
 * @see schema/PROTOCOL.md «Proof»; design/feed.md 10
 */
import { createSm2Key, readSm2PrivateKey, type Sm2PrivateKey } from '@hub/schema';

import { makePrivateFile, readPrivateFile, refused } from './private-file.ts';

/**
 * Reads a key file, and makes it first when it is not there (0600). Of several that make it at once one wins, for all.
 * @throws HubError CONFIG_INVALID when it cannot be read or written, holds no SM2 private key, or others may read it.
 */
export function openStatementKey(file: string): Sm2PrivateKey {
  makePrivateFile(file, createSm2Key);
  const key = readSm2PrivateKey(readPrivateFile(file));
  if (key !== undefined) return key;
  throw refused(file, { zh: '不是 SM2 私钥（PKCS #8 的 PEM，未加密）', en: 'is no SM2 private key (PKCS #8 in PEM, not encrypted)' });
}
