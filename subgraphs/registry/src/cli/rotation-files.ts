/**
 * The files of a rotation: FILE signs, FILE.next is the key to come, FILE.previous the one before. The next key is on disk before
 * anybody knows of it, and leaves its place only when the registry believes it: whenever a rotation breaks off, one of the two
 * files still opens the door, and the next run goes on from there.
 */
import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';

import { openSigningKey, type SigningKey } from '@hub/kit/process';
import { HubError } from '@hub/schema';

/** Where the key to come lies. */
export function nextFile(keyFile: string): string {
  return `${keyFile}.next`;
}

/** Whether an earlier rotation broke off. */
export function isInterrupted(keyFile: string): boolean {
  return existsSync(nextFile(keyFile));
}

/** @returns The key to come: that of an earlier rotation, or a new one (0600). @throws HubError CONFIG_INVALID */
export function openNextKey(keyFile: string): SigningKey {
  return openSigningKey(nextFile(keyFile));
}

/** Puts the next key in the place of the one that signs, which is kept. There is a whole key in that place at every moment. */
export function putInPlace(keyFile: string): string {
  const previous = `${keyFile}.previous`;
  const kept = `${keyFile}.${process.pid}`;
  try {
    linkSync(keyFile, kept);
    renameSync(kept, previous);
    renameSync(nextFile(keyFile), keyFile);
  } catch (cause) {
    rmSync(kept, { force: true });
    throw new HubError('CONFIG_INVALID', {
      zh: `新钥已登记，但不能写入 ${keyFile}；新钥在 ${nextFile(keyFile)}，改好目录权限后再执行一次。`,
      en: `The new key is registered, but ${keyFile} cannot be written; it lies in ${nextFile(keyFile)}. Mend the folder’s access and run this again.`,
      cause,
    });
  }
  return previous;
}
