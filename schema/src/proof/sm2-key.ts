/**
 * SM2 keys without certificates: a public key is a PEM file (SubjectPublicKeyInfo), named by the SM3 of its DER bytes.
 * @see GB/T 32918; GM/T 0009; RFC 5480; schema/PROTOCOL.md «Proof»
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

import { sm3 } from './hashes.ts';

/** A public key that verifies. */
export interface Sm2PublicKey {
  /** SM3 of its DER form, 64 lower-case hexadecimal digits: what people compare. */
  readonly fingerprint: string;
  /** The one text of it: PEM with a line feed at its end. */
  readonly pem: string;
  readonly key: KeyObject;
  /** What stands before a message that is hashed to be signed: the signer's id and the key (Z of GB/T 32918.2). */
  readonly z: Buffer;
}

/** A private key, with its public half. */
export interface Sm2PrivateKey {
  readonly key: KeyObject;
  readonly publicKey: Sm2PublicKey;
}

/** The id of GB/T 35276, by which everybody signs who has agreed on no other. */
const userId = Buffer.from('1234567812345678');
/** All of a public key's DER but the two coordinates. */
const derHead = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d03420004', 'hex');
/** Coefficients a and b and the base point of the curve (GB/T 32918.5). */
const curve = Buffer.from(
  'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC' +
    '28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93' +
    '32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7' +
    'BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
  'hex',
);

/** @returns The key; undefined when the text is no SM2 public key in PEM. */
export function readSm2PublicKey(pem: string): Sm2PublicKey | undefined {
  try {
    return publicKeyOf(createPublicKey(pem));
  } catch {
    // Not PEM, another algorithm, or a point off the curve: the caller says which file it was.
    return undefined;
  }
}

const publicPem = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/**
 * Several public keys in one text, with other text before each if need be (RFC 7468 2).
 * @returns The keys in their order, each once; undefined when there is none, or one that is no SM2 key.
 */
export function readSm2PublicKeys(text: string): readonly Sm2PublicKey[] | undefined {
  const pems = text.match(publicPem) ?? [];
  const keys = new Map(pems.flatMap((pem) => readSm2PublicKey(pem) ?? []).map((key) => [key.fingerprint, key]));
  return keys.size === 0 || pems.some((pem) => readSm2PublicKey(pem) === undefined) ? undefined : [...keys.values()];
}

/** @returns The key; undefined when the text is no SM2 private key in PEM (PKCS #8, not encrypted). */
export function readSm2PrivateKey(pem: string): Sm2PrivateKey | undefined {
  try {
    const key = createPrivateKey(pem);
    const publicKey = publicKeyOf(createPublicKey(key));
    return publicKey === undefined || !isSm2(key) ? undefined : { key, publicKey };
  } catch {
    // What the library says may quote the text, and the text is the key.
    return undefined;
  }
}

/** @returns A new private key as PEM (PKCS #8), to be kept where only its owner reads. */
export function createSm2Key(): string {
  return generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function publicKeyOf(key: KeyObject): Sm2PublicKey | undefined {
  const der = key.export({ type: 'spki', format: 'der' });
  if (!der.subarray(0, derHead.length).equals(derHead) || der.length !== derHead.length + 64) return undefined;
  const z = sm3(Buffer.concat([Buffer.of(0, userId.length * 8), userId, curve, der.subarray(derHead.length)]));
  // Read from DER again: only then is it a key of SM2 and not of ECDSA on the same curve.
  const read = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return isSm2(read)
    ? { fingerprint: sm3(der).toString('hex'), pem: read.export({ type: 'spki', format: 'pem' }).toString(), key: read, z }
    : undefined;
}

/** A key on this curve that Node calls «ec» signs by ECDSA, and nothing says so. */
function isSm2({ asymmetricKeyType }: KeyObject): boolean {
  return asymmetricKeyType !== 'ec';
}
