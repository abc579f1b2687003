/**
 * Keys as the registry tells of them, without a registry: a system's under its code, and that of `operator`.
 */
import { publicKeyOf, type SigningKey } from '@hub/kit/process';

import type { RegisteredSigner } from '../control/signers.ts';

/** @returns The signers of these keys, by their names. */
export function registeredSigners(keys: Readonly<Record<string, SigningKey>>) {
  const known = Object.entries(keys).flatMap(([issuer, { publicJwk }]) => {
    const key = publicKeyOf(publicJwk);
    const signer: RegisteredSigner = { kid: publicJwk.kid, role: issuer === 'operator' ? 'OPERATOR' : 'SYSTEM', issuer };
    return key === undefined ? [] : [{ ...signer, publicKey: key.publicKey }];
  });
  const find = (kid: string) => known.find((key) => key.kid === kid);
  return { keyOf: find, get: find, refresh: async () => {} };
}
