/**
 * Signs questions the way the gateway does, for endpoints that answer nobody else: compact JWS (EdDSA) over the hash of the
 * body, the audience, the time and a number used once, in the header `hub-signature`.
 * @see RFC 7515; RFC 8037
 */
import { createHash, randomBytes } from 'node:crypto';

import { HubError } from '@hub/schema';
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';

import { isObject } from './json-value.ts';

/** How a signature is made otherwise than it must be. */
export interface Otherwise {
  readonly issuer?: string;
  readonly audience?: string;
  /** Made so many seconds ago; below 0: to be made in so many. */
  readonly agoS?: number;
  readonly validS?: number;
  /** Signed by a key that nobody was told of: under the name of the true one, or brought along in the head. */
  readonly stranger?: 'named' | 'brought';
}

/** Makes the value of `hub-signature` for a body. */
export type Signer = (body: string, otherwise?: Otherwise) => Promise<string>;

/** The header that carries it. */
export const signatureHeader = 'hub-signature';

const validSeconds = 60;
const nonceBytes = 16;

/**
 * @param jwk - Text of a private Ed25519 key as JWK, with `kid`; `iss` names who signs, default `gateway`: systems answer nobody else.
 * @param audience - Code of the system asked.
 * @param issuer - Who signs where the key does not say.
 * @throws HubError CONFIG_INVALID when the text is no such key.
 */
export async function keySigner(jwk: string, audience: string, issuer = 'gateway'): Promise<Signer> {
  const key = readKey(jwk, issuer);
  const own = await importJWK({ kty: key.kty, crv: key.crv, x: key.x, d: key.d }, 'EdDSA').catch((cause: unknown) => {
    throw noKey(cause);
  });
  const stranger = await generateKeyPair('EdDSA', { extractable: true });
  return async (body, otherwise = {}) => {
    const madeAt = Math.floor(Date.now() / 1000) - (otherwise.agoS ?? 0);
    const brought = otherwise.stranger === 'brought' ? { jwk: await exportJWK(stranger.publicKey) } : {};
    return new SignJWT({ body: createHash('sha256').update(body).digest('base64url') })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, ...brought })
      .setIssuer(otherwise.issuer ?? key.iss)
      .setAudience(otherwise.audience ?? audience)
      .setIssuedAt(madeAt)
      .setExpirationTime(madeAt + (otherwise.validS ?? validSeconds))
      .setJti(randomBytes(nonceBytes).toString('base64url'))
      .sign(otherwise.stranger === undefined ? own : stranger.privateKey);
  };
}

interface Key {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly d: string;
  readonly kid: string;
  readonly iss: string;
}

function readKey(text: string, issuer: string): Key {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch (cause) {
    throw noKey(cause);
  }
  const { kty, crv, x, d, kid, iss = issuer } = isObject(whole) ? whole : {};
  if (kty === 'OKP' && crv === 'Ed25519' && isText(x) && isText(d) && isText(kid) && isText(iss)) return { kty, crv, x, d, kid, iss };
  throw noKey(undefined);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function noKey(cause: unknown): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: '密钥文件应为一个 JWK：Ed25519 私钥，含 kid。',
    en: 'The key file must be one JWK: a private Ed25519 key with kid.',
    cause,
  });
}
