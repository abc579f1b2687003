/**
 * The file that keeps a signing key: one private JSON Web Key, for its owner's eyes only.
 * @see schema/PROTOCOL.md 10
 */
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { type ErrorDetail, HubError } from '@hub/schema';

import { createSigningKey, privateJwkOf, type SigningKey, signingKeyOf } from './signing-key.ts';

/**
 * Reads a key file.
 * @throws HubError CONFIG_INVALID when it cannot be read, holds no private Ed25519 key, or others may read it.
 */
export function readSigningKey(file: string): SigningKey {
  const { text, mode } = contentOf(file);
  if ((mode & 0o007) !== 0) throw refused(file, { zh: '其他用户可以读写，请执行 chmod 600', en: 'is open to other users: chmod 600' });
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
  const made = `${file}.${process.pid}`;
  try {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) {
      writeFileSync(made, `${JSON.stringify(privateJwkOf(createSigningKey()))}\n`, { mode: 0o600, flag: 'wx', flush: true });
      linkUnlessThere(made, file);
    }
  } catch (cause) {
    throw refused(file, { zh: '无法写入', en: 'cannot be written', cause });
  } finally {
    rmSync(made, { force: true });
  }
  return readSigningKey(file);
}

/**
 * Writes the public half beside a key file, for those who are to believe the key: `gateway-key.json` → `gateway-key.public.json`.
 * @throws HubError CONFIG_INVALID when it cannot be written.
 */
export function writePublicKey(file: string, { publicJwk }: SigningKey): string {
  const place = file.replace(/\.json$/, '') + '.public.json';
  const made = `${place}.${process.pid}`;
  try {
    writeFileSync(made, `${JSON.stringify(publicJwk)}\n`, { mode: 0o644 });
    renameSync(made, place);
  } catch (cause) {
    throw refused(place, { zh: '无法写入', en: 'cannot be written', cause });
  }
  return place;
}

/** A link appears whole or not at all. */
function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  }
}

function contentOf(file: string): { readonly text: string; readonly mode: number } {
  try {
    return { text: readFileSync(file, 'utf8'), mode: statSync(file).mode };
  } catch (cause) {
    throw refused(file, { zh: '读不到', en: 'cannot be read', cause });
  }
}

// What JSON.parse says of a fault quotes the text, and the text is the key.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(file: string, { zh, en, cause }: ErrorDetail): HubError {
  return new HubError('CONFIG_INVALID', { zh: `密钥文件 ${file} ${zh}。`, en: `The key file ${file} ${en}.`, cause });
}
