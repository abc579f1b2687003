/**
 * The copy of the routing table in the data folder, as the registry signed it: a gateway starts by it when the registry is down.
 * @see schema/PROTOCOL.md 10; design/architecture.md «Past one machine»
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { type PublicJwk, readSignedRouting, type SignedRouting } from '@hub/kit/process';

/** @returns The copy; undefined when there is none. @throws Error when there is one that is not to be believed. */
export async function loadCopy(file: string, keys: readonly PublicJwk[]): Promise<SignedRouting | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  });
  return text === undefined ? undefined : readSignedRouting(text, keys);
}

/** Keeps a copy whole or not at all, even when the machine stops meanwhile. */
export async function saveCopy(file: string, { text }: SignedRouting): Promise<void> {
  const made = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(made, text, { mode: 0o600, flush: true });
    await rename(made, file);
  } finally {
    await rm(made, { force: true });
  }
}
