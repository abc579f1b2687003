/** Keys as a registry tells of them: everybody's is a system's, but the operator's. */
import type { Signers } from '@hub/kit';
import { publicKeyOf, type SigningKey } from '@hub/kit/process';

import type { RegisteredSigner } from '../control/signers.ts';

/** @param keys - By name; `operator` is one. */
export function registeredSigners(keys: Readonly<Record<string, SigningKey>>): Signers<RegisteredSigner> {
  const known = Object.entries(keys).flatMap(([issuer, { publicJwk }]) => {
    const key = publicKeyOf(publicJwk);
    const signer: RegisteredSigner = { kid: publicJwk.kid, role: issuer === 'operator' ? 'OPERATOR' : 'SYSTEM', issuer };
    return key === undefined ? [] : [{ ...signer, publicKey: key.publicKey }];
  });
  const find = (kid: string) => known.find((key) => key.kid === kid);
  return { keyOf: find, get: find, refresh: () => Promise.resolve() };
}
