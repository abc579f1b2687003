/**
 * Who signs statements. In production a device that never gives its key away; here a key in a file.
 * @see design/feed.md 10
 */
import type { Sm2PrivateKey } from './sm2-key.ts';
import { sm2Sign } from './sm2-signature.ts';

/** Signs by SM2 with SM3 and the id 1234567812345678. */
export interface StatementSigner {
  /** Of the public key, as `Sm2PublicKey` has it. */
  readonly fingerprint: string;
  /** @returns The signature over the message itself, not its hash; DER. */
  sign(message: Uint8Array): Promise<Buffer>;
}

/** @returns A signer whose key is in this process. */
export function softwareSigner(privateKey: Sm2PrivateKey): StatementSigner {
  return {
    fingerprint: privateKey.publicKey.fingerprint,
    sign: async (message) => sm2Sign(message, privateKey),
  };
}
