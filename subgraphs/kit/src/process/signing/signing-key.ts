/**
 * A key that signs requests: an Ed25519 pair, named by the thumbprint of its public half, so that nobody has to invent names.
 * @see RFC 8037; RFC 7638; schema/PROTOCOL.md 10
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** The public half as a JSON Web Key: what others are given. */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** 32 bytes, base64url. */
  readonly x: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
}

/** The whole pair as a JSON Web Key: what is kept in a key file and shown to nobody. */
export interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

/** A pair, ready to sign. */
export interface SigningKey {
  /** Thumbprint of the public half. */
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateKey: KeyObject;
}

/** @returns A new pair. */
export function createSigningKey(): SigningKey {
  return pairOf(generateKeyPairSync('ed25519').privateKey);
}

/**
 * Reads a private JSON Web Key; its `kid`, when it has one, must be the thumbprint.
 * @returns undefined for anything that is no whole and consistent Ed25519 pair.
 */
export function signingKeyOf(jwk: unknown): SigningKey | undefined {
  if (!isEd25519(jwk) || typeof jwk['d'] !== 'string') return undefined;
  const { x, d, kid } = jwk;
  const privateKey = imported(() => createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' }));
  const pair = privateKey === undefined ? undefined : pairOf(privateKey);
  return pair?.publicJwk.x === x && (kid === undefined || kid === pair.kid) ? pair : undefined;
}

/** @returns The pair as it is written into a key file. */
export function privateJwkOf({ publicJwk, privateKey }: SigningKey): PrivateJwk {
  const { d = '' } = privateKey.export({ format: 'jwk' });
  return { ...publicJwk, d };
}

/**
 * Reads a public JSON Web Key; its `kid`, when it has one, must be the thumbprint.
 * @returns undefined for anything else, a private key among it: whoever hands one over has given it away.
 */
export function publicKeyOf(jwk: unknown): { readonly publicJwk: PublicJwk; readonly publicKey: KeyObject } | undefined {
  if (!isEd25519(jwk) || 'd' in jwk) return undefined;
  const { x, kid } = jwk;
  const publicKey = imported(() => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
  if (publicKey === undefined) return undefined;
  const publicJwk = publicJwkOf(x);
  return kid === undefined || kid === publicJwk.kid ? { publicJwk, publicKey } : undefined;
}

function pairOf(privateKey: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicJwk = publicJwkOf(x);
  return { kid: publicJwk.kid, publicJwk, privateKey };
}

function publicJwkOf(x: string): PublicJwk {
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint(x), use: 'sig', alg: 'EdDSA' };
}

/** RFC 7638: SHA-256 of the required members, in lexical order, without blanks. */
function thumbprint(x: string): string {
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
}

function isEd25519(jwk: unknown): jwk is Record<string, unknown> & { readonly x: string } {
  if (typeof jwk !== 'object' || jwk === null || !('kty' in jwk) || !('crv' in jwk) || !('x' in jwk)) return false;
  if ('alg' in jwk && jwk.alg !== 'EdDSA' && jwk.alg !== 'Ed25519') return false;
  if ('use' in jwk && jwk.use !== 'sig') return false;
  // 32 bytes in their one form: two spellings of a key would be two names of it.
  const isX = typeof jwk.x === 'string' && Buffer.from(jwk.x, 'base64url').toString('base64url') === jwk.x && jwk.x.length === 43;
  return jwk.kty === 'OKP' && jwk.crv === 'Ed25519' && isX;
}

function imported(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
