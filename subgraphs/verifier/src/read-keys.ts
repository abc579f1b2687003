/**
 * The public keys of a folder, each in a file named by its fingerprint.
 * @see schema/PROTOCOL.md «Proof»
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readSm2PublicKey, type Sm2PublicKey } from '@hub/schema';

import type { FaultSink } from './fault.ts';
import { isFile } from './stored-file.ts';

/** @returns The keys by fingerprint, those that are what their names say. */
export async function readKeys(folder: string, names: readonly string[], onFault: FaultSink): Promise<ReadonlyMap<string, Sm2PublicKey>> {
  const keys = new Map<string, Sm2PublicKey>();
  for (const name of names) {
    const path = join(folder, 'keys', name);
    const bytes = (await isFile(path)) ? await readFile(path) : Buffer.alloc(0);
    const key = readSm2PublicKey(bytes.toString());
    if (key !== undefined && `${key.fingerprint}.pem` === name && Buffer.from(key.pem).equals(bytes)) keys.set(key.fingerprint, key);
    else onFault({ code: 'KEY_FILE', file: `keys/${name}` });
  }
  return keys;
}
