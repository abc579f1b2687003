/**
 * The SM3 hashes of the proof. What is hashed begins with one byte that says what it is, so that no leaf can be taken for a
 * node, and no node of one tree for a node of another.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»; GB/T 32905-2016
 */
import { hash } from 'node:crypto';

const tags = {
  entry: Buffer.of(0x00),
  keyNode: Buffer.of(0x01),
  piece: Buffer.of(0x02),
  listNode: Buffer.of(0x03),
  key: Buffer.of(0x04),
  empty: Buffer.of(0x05),
} as const;

/** What a hash may be of. */
export type HashedKind = keyof typeof tags;

/** @returns SM3 of the kind's byte and the parts, one after the other. */
export function taggedHash(kind: HashedKind, ...parts: readonly Uint8Array[]): Buffer {
  return hash('sm3', Buffer.concat([tags[kind], ...parts]), 'buffer');
}

/** @returns SM3 of bytes, as they are. */
export function sm3(bytes: Uint8Array): Buffer {
  return hash('sm3', bytes, 'buffer');
}
