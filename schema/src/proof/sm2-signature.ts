/**
 * SM2 signatures that everybody verifies. Node hashes and then signs the hash, without the signer's id that the standard puts
 * first; so what is handed over begins with Z, and the outcome is the standard's. Both ways are proved against the openssl
 * command (`distid:1234567812345678`) and against the example of the standard.
 * @see GB/T 32918.2 6.1; GM/T 0009 7.3; design/feed.md 10
 */
import { createSign, createVerify } from 'node:crypto';

import type { Sm2PrivateKey, Sm2PublicKey } from './sm2-key.ts';

/** @returns The signature of SM2 with SM3, DER. */
export function sm2Sign(message: Uint8Array, { key, publicKey: { z } }: Sm2PrivateKey): Buffer {
  return createSign('sm3').update(z).update(message).sign(key);
}

/** @returns Whether a signature in DER is the key's over the message. */
export function sm2Verify(message: Uint8Array, signature: Uint8Array, { key, z }: Sm2PublicKey): boolean {
  return createVerify('sm3').update(z).update(message).verify(key, signature);
}
