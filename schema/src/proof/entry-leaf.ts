/**
 * An entry of a feed as a leaf of the proof. An entry's canonical form is the line it is sent as: JSON without blanks, members in
 * the order in which they were sent. Nothing is made anew, so every reader has the same bytes.
 * @see design/feed.md 4 and 9; schema/PROTOCOL.md «Proof»
 */
import { sm3, taggedHash } from './hashes.ts';

/** What names one record version in a stream. */
export interface EntryName {
  /** Code of the system whose record it is. */
  readonly system: string;
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
}

/** An entry, as far as the proof is about it; entries may have further members. */
export interface ProvenEntry extends EntryName {
  readonly position: number;
  readonly op: 'put' | 'withdraw';
  /** Content hash, 64 lower-case hexadecimal digits. */
  readonly hash: string;
  /** Canonical content. */
  readonly payload: string;
}

/** An entry in the trees. */
export interface Leaf extends EntryName {
  readonly position: number;
  /** Hash of the entry's name and hash of its line, 32 bytes each: where it stands, and what it says. */
  readonly place: Buffer;
}

/** @returns Where entries of a name stand in the tree: 32 bytes. */
export function keyHash({ system, dataset, key, version }: EntryName): Buffer {
  return taggedHash('key', Buffer.from(JSON.stringify([system, dataset, key, version])));
}

/** @returns The hash of a line, which has no line feed at its end. */
export function lineHash(line: Uint8Array): Buffer {
  return taggedHash('entry', line);
}

/** @returns The leaf of an entry. */
export function leafOf({ system, dataset, key, version, position }: Omit<ProvenEntry, 'op' | 'hash' | 'payload'>, hash: Buffer): Leaf {
  const place = Buffer.concat([keyHash({ system, dataset, key, version }), hash]);
  return { system, dataset, key, version, position, place };
}

/** @returns What a leaf's line hashes to. */
export function hashOfLeaf({ place }: Leaf): Buffer {
  return place.subarray(32);
}

/** @returns Whether an entry's content is the one its hash was made of. */
export function contentHolds({ dataset, payload, hash }: Pick<ProvenEntry, 'dataset' | 'payload' | 'hash'>): boolean {
  return sm3(Buffer.from(`hub/record-content/1\n${dataset}\n${payload}`)).toString('hex') === hash;
}

/**
 * Reads a line of a page.
 * @param stream - The system whose feed it is, for entries that do not name one.
 * @returns The entry; undefined when the line is not an entry in its canonical form.
 */
export function readEntry(line: Buffer, stream: string): ProvenEntry | undefined {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null || !Buffer.from(JSON.stringify(value)).equals(line)) return undefined;
  const { system = stream, dataset, key, version, position, op, hash, payload } = { ...noMembers, ...value };
  const texts = typeof system === 'string' && typeof dataset === 'string' && typeof key === 'string';
  if (!texts || !isCount(version) || !isCount(position) || typeof hash !== 'string' || typeof payload !== 'string') return undefined;
  return op === 'put' || op === 'withdraw' ? { system, dataset, key, version, position, op, hash, payload } : undefined;
}

const noMembers: Readonly<Record<'system' | 'dataset' | 'key' | 'version' | 'position' | 'op' | 'hash' | 'payload', unknown>> = {
  system: undefined,
  dataset: undefined,
  key: undefined,
  version: undefined,
  position: undefined,
  op: undefined,
  hash: undefined,
  payload: undefined,
};

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    // The caller says which line it is.
    return undefined;
  }
}
