/**
 * Signs a request to the hub: a compact JWS over who asks, whom, when, once, and the body. Written anew here, so that whoever
 * lifts this package out needs nothing else of the hub's.
 * @see RFC 7515; RFC 7638; RFC 8037; schema/PROTOCOL.md 10
 */
import { createPrivateKey, hash, type KeyObject, randomBytes, sign } from 'node:crypto';

import { HubError } from '@hub/schema';

/** Signs in one name, for one audience. */
export interface RequestSigner {
  /** @returns The header `hub-signature` for a body; good for one request within a minute. */
  sign(body: string): string;
}

/** In whose name. */
export interface SigningName {
  readonly issuer: string;
  readonly audience: string;
  readonly nowMs?: () => number;
}

const windowS = 60;

/**
 * @param jwk - Private Ed25519 key as a JSON Web Key.
 * @throws HubError CONFIG_INVALID when it is none.
 */
export function openSigner(jwk: unknown, { issuer, audience, nowMs = Date.now }: SigningName): RequestSigner {
  const { key, kid } = keyOf(jwk);
  const head = encoded({ alg: 'EdDSA', kid });
  return {
    sign(body) {
      const iat = Math.floor(nowMs() / 1000);
      const jti = randomBytes(16).toString('base64url');
      const claims = { iss: issuer, aud: audience, iat, exp: iat + windowS, jti, body: hash('sha256', body, 'base64url') };
      const text = `${head}.${encoded(claims)}`;
      return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
    },
  };
}

function keyOf(jwk: unknown): { readonly key: KeyObject; readonly kid: string } {
  const { kty, crv, x, d }: Readonly<Partial<Record<string, unknown>>> = typeof jwk === 'object' && jwk !== null ? { ...jwk } : {};
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string') throw noKey();
  try {
    const key = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
    return { key, kid: hash('sha256', JSON.stringify({ crv, kty, x }), 'base64url') };
  } catch {
    // What the library says may quote the key.
    throw noKey();
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function noKey(): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: '签名密钥不是 Ed25519 私钥（JWK：kty OKP，含 x 与 d）。',
    en: 'The signing key is no private Ed25519 key (JWK: kty OKP, with x and d).',
  });
}
