/**
 * What the verifier finds in a folder, as it is and with a file changed.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readSm2PrivateKey } from '@hub/schema';

import type { Fault } from '../fault.ts';
import { verifyFolder } from '../verify-folder.ts';

/** @param expected - Private key whose public half must have signed, PEM. */
export async function faultsOf(folder: string, expected?: string): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  const key = expected === undefined ? undefined : readSm2PrivateKey(expected)?.publicKey;
  await verifyFolder(folder, { ...(key === undefined ? {} : { expected: [key] }), onFault: (fault) => faults.push(fault) });
  return faults;
}

/** Verifies with a file as it should not be, undefined for not there, and puts it back. */
export async function faultsWith(folder: string, file: string, content: Uint8Array | undefined): Promise<readonly Fault[]> {
  const path = join(folder, file);
  const good = await readFile(path);
  await (content === undefined ? rm(path) : writeFile(path, content));
  try {
    return await faultsOf(folder);
  } finally {
    await writeFile(path, good);
  }
}

/** @returns The codes, each once, in the order of the alphabet. */
export function codesOf(faults: readonly Fault[]): readonly string[] {
  return [...new Set(faults.map(({ code }) => code))].toSorted();
}

/** @returns Where a code was found: file, first and last position. */
export function found(faults: readonly Fault[], wanted: string): readonly unknown[] {
  return faults.filter(({ code }) => code === wanted).map(({ file, positions }) => [file, positions?.from, positions?.to]);
}
