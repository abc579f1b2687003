/**
 * Signatures as a test needs them: a trusted key, a stranger's, claims that are right, and what is said of a request.
 */
import { createHash, sign } from 'node:crypto';

import { HubError } from '@hub/schema';

import { createSigningKey } from '../process/signing/signing-key.ts';
import { keysOf } from '../process/signing/trusted-keys.ts';
import type { RequestVerifier } from '../process/signing/verify-request.ts';

/** Where clocks stand, s. */
export const startS = Date.parse('2026-11-22T04:00:00Z') / 1000;
/** What is signed when nothing else is said. */
export const body = '{"query":"{ notices { totalCount } }"}';
/** Trusted as a gateway's. */
export const key = createSigningKey();
/** Trusted by nobody. */
export const stranger = createSigningKey();
export const keyOf = keysOf([key.publicJwk], 'gateway');

/** Claims that are believed at `startS`. */
export const claims = {
  iss: 'gateway',
  aud: 'toy-east',
  iat: startS,
  exp: startS + 60,
  jti: 'AAAAAAAAAAAAAAAAAAAAAA',
  body: createHash('sha256').update(body).digest('base64url'),
};

/** @returns A part of a JWS. */
export function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @returns A signature that only the key's holder could have made, whatever it says. */
export function signed(payload: object, head: object = { alg: 'EdDSA', kid: key.kid }, by = key): string {
  const input = `${part(head)}.${part(payload)}`;
  return `${input}.${sign(null, Buffer.from(input), by.privateKey).toString('base64url')}`;
}

/** @returns The refusal in English; undefined when the request was believed. */
export function refusalBy(verifier: RequestVerifier, signature: string | undefined, sent: string = body): string | undefined {
  try {
    verifier.admit(verifier.examine(signature), Buffer.from(sent));
    return undefined;
  } catch (error) {
    if (error instanceof HubError && error.code === 'UNAUTHENTICATED' && /^[^a-z]/.test(error.message)) return error.messageEn;
    throw error;
  }
}
