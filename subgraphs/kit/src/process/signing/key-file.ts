/**
 * The file that keeps a signing key: one private JSON Web Key, for its owner's eyes only.
 * @see schema/PROTOCOL.md 10
 */
import { renameSync, writeFileSync } from 'node:fs';

import { makePrivateFile, readPrivateFile, refused } from './private-file.ts';
import { createSigningKey, privateJwkOf, type SigningKey, signingKeyOf } from './signing-key.ts';
import type { TrustedIssuer } from './trusted-keys.ts';

/**
 * Reads a key file.
 * @throws HubError CONFIG_INVALID when it cannot be read, holds no private Ed25519 key, or others may read it.
 */
export function readSigningKey(file: string): SigningKey {
  const text = readPrivateFile(file);
  const key = signingKeyOf(parsed(text));
  if (key === undefined)
    throw refused(file, {
      zh: '不是 Ed25519 私钥（JWK：kty OKP，含 x 与 d）',
      en: 'is no private Ed25519 key (JWK: kty OKP, with x and d)',
    });
  return key;
}

/**
 * Reads a key file, and makes it first when it is not there (0600). Of several that make it at once one wins, for all.
 * @throws HubError CONFIG_INVALID, as `readSigningKey`, or when it cannot be written.
 */
export function openSigningKey(file: string): SigningKey {
  makePrivateFile(file, () => `${JSON.stringify(privateJwkOf(createSigningKey()))}\n`);
  return readSigningKey(file);
}

/**
 * Writes the public half beside a key file, for those who are to believe the key: `gateway-key.json` → `gateway-key.public.json`.
 * @param issuer - Whose key it is, as systems are told it (`iss`).
 * @throws HubError CONFIG_INVALID when it cannot be written.
 */
export function writePublicKey(file: string, { publicJwk }: SigningKey, issuer?: TrustedIssuer): string {
  const place = file.replace(/\.json$/, '') + '.public.json';
  const made = `${place}.${process.pid}`;
  try {
    writeFileSync(made, `${JSON.stringify({ ...publicJwk, iss: issuer })}\n`, { mode: 0o644 });
    renameSync(made, place);
  } catch (cause) {
    throw refused(place, { zh: '无法写入', en: 'cannot be written', cause });
  }
  return place;
}

// What JSON.parse says of a fault quotes the text, and the text is the key.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
