/**
 * Whose signatures are believed: public keys by their names, each standing for one signer.
 * @see RFC 7517; schema/PROTOCOL.md 10
 */
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { type ErrorDetail, HubError } from '@hub/schema';

import { type PublicJwk, publicKeyOf } from './signing-key.ts';

/** Who signs for a gateway. */
export const gatewayIssuer = 'gateway';
/** Who signs for the exchange. */
export const exchangeIssuer = 'exchange';

/** A public key and whom it stands for. */
export interface TrustedKey {
  readonly publicKey: KeyObject;
  /** What a signature's `iss` must say: a system's code, or `gateway`. */
  readonly issuer: string;
}

/** Finds a trusted key by its name; asked for every request, so that a key taken back is believed no longer. */
export type KeyLookup = (kid: string) => TrustedKey | undefined;

/** @param jwks - Public keys as JSON Web Keys; what is none is not trusted. @returns A lookup among keys that do not change. */
export function keysOf(jwks: readonly unknown[], issuer: string): KeyLookup {
  const keys = new Map<string, TrustedKey>();
  for (const jwk of jwks) {
    const known = publicKeyOf(jwk);
    if (known !== undefined) keys.set(known.publicJwk.kid, { publicKey: known.publicKey, issuer });
  }
  return (kid) => keys.get(kid);
}

/** A public key as systems are told of it: `iss` says whose it is, a gateway's when it says nothing. */
export interface TrustedJwk extends PublicJwk {
  readonly iss?: TrustedIssuer;
}

/** Who may ask a system: a gateway its graph, the exchange its feed. */
export type TrustedIssuer = typeof gatewayIssuer | typeof exchangeIssuer;

/** @returns Whose key it is, as its `iss` says; undefined for somebody whom no system answers. */
export function issuerOf(jwk: unknown): TrustedIssuer | undefined {
  const iss = typeof jwk === 'object' && jwk !== null && 'iss' in jwk ? jwk.iss : gatewayIssuer;
  return iss === gatewayIssuer || iss === exchangeIssuer ? iss : undefined;
}

/** @param jwks - Public keys, each with its `iss`; what is none is not trusted. @returns A lookup among keys that do not change. */
export function keysByIssuer(jwks: readonly unknown[]): KeyLookup {
  const lookups = [gatewayIssuer, exchangeIssuer].map((issuer) =>
    keysOf(
      jwks.filter((jwk) => issuerOf(jwk) === issuer),
      issuer,
    ),
  );
  return (kid) => lookups.map((lookup) => lookup(kid)).find((key) => key !== undefined);
}

/**
 * Reads the keys of those whom systems answer: as `readKeySet`, each key with whose it is.
 * @throws HubError CONFIG_INVALID as `readKeySet`, and for a key whose `iss` is neither `gateway` nor `exchange`.
 */
export function readTrustedKeys(file: string): readonly TrustedJwk[] {
  const keys = readKeySet(file);
  const listed = listIn(parsedFile(file)) ?? [];
  return keys.map((jwk, place) => {
    const iss = issuerOf(listed[place]);
    if (iss !== undefined) return { ...jwk, iss };
    throw refused(file, {
      zh: `的第 ${place + 1} 个密钥的 iss 应为 ${gatewayIssuer}（网关，可不写）或 ${exchangeIssuer}（数据交换）`,
      en: `: the iss of key ${place + 1} must be ${gatewayIssuer} (or absent) or ${exchangeIssuer}`,
    });
  });
}

/**
 * Reads a JSON Web Key Set of public Ed25519 keys, or a file with one such key alone.
 * @throws HubError CONFIG_INVALID when the file cannot be read, holds no key, or one that is private or of another kind.
 */
export function readKeySet(file: string): readonly PublicJwk[] {
  const keys = listIn(parsedFile(file));
  if (keys === undefined)
    throw refused(file, { zh: '不是 JSON Web Key Set，或其中没有密钥（keys）', en: 'is no JSON Web Key Set, or has no keys in it' });
  return keys.map((jwk, place) => {
    const known = publicKeyOf(jwk);
    if (known !== undefined) return known.publicJwk;
    throw refused(file, {
      zh: `的第 ${place + 1} 个密钥不是 Ed25519 公钥（OKP，不得含私钥 d，kid 须为 RFC 7638 指纹）`,
      en: `: key ${place + 1} is no public Ed25519 key (OKP, without the private d, its kid the thumbprint of RFC 7638)`,
    });
  });
}

/** A public key of a person. */
export interface NamedKey {
  readonly name: string;
  readonly jwk: PublicJwk;
}

/** Names that mean a part of the hub, not a person. */
const reservedNames: ReadonlySet<string> = new Set(['gateway', 'registry', 'release', 'hub', 'exchange', 'nation']);

/**
 * Reads the public keys of persons: a JSON Web Key Set whose keys carry `name`; a person may have several.
 * @throws HubError CONFIG_INVALID as `readKeySet`, and for a key without a name, or with one that means a part of the hub.
 */
export function readNamedKeySet(file: string): readonly NamedKey[] {
  const keys = readKeySet(file);
  const names = (listIn(parsedFile(file)) ?? []).map(nameIn);
  return keys.map((jwk, place) => {
    const name = names[place];
    if (name !== undefined && /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}$/u.test(name) && !reservedNames.has(name)) return { name, jwk };
    throw refused(file, {
      zh: `的第 ${place + 1} 个密钥须有 name（人员姓名或代号，至多 63 个字符，不得为 ${[...reservedNames].join('、')}）`,
      en: `: key ${place + 1} needs a name of a person (63 characters at most, none of ${[...reservedNames].join(', ')})`,
    });
  });
}

function nameIn(jwk: unknown): string | undefined {
  return typeof jwk === 'object' && jwk !== null && 'name' in jwk && typeof jwk.name === 'string' ? jwk.name : undefined;
}

function parsedFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw refused(file, { zh: '读不到，或不是 JSON', en: 'cannot be read, or is not JSON', cause });
  }
}

function listIn(document: unknown): readonly unknown[] | undefined {
  if (typeof document === 'object' && document !== null && 'kty' in document) return [document];
  const keys = typeof document === 'object' && document !== null && 'keys' in document ? document.keys : undefined;
  return Array.isArray(keys) && keys.length > 0 ? keys : undefined;
}

function refused(file: string, { zh, en, cause }: ErrorDetail): HubError {
  return new HubError('CONFIG_INVALID', { zh: `公钥文件 ${file} ${zh}。`, en: `The file of public keys ${file} ${en}.`, cause });
}
