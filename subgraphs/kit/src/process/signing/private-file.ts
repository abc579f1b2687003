/**
 * A file with a private key in it: its owner's alone, made whole or not at all, and never quoted.
 * @see schema/PROTOCOL.md 10
 */
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { type ErrorDetail, HubError } from '@hub/schema';

/**
 * @returns The file's text.
 * @throws HubError CONFIG_INVALID when it cannot be read, or others may read it.
 */
export function readPrivateFile(file: string): string {
  const { text, mode } = contentOf(file);
  if ((mode & 0o007) !== 0) throw refused(file, { zh: '其他用户可以读写，请执行 chmod 600', en: 'is open to other users: chmod 600' });
  return text;
}

/**
 * Writes a file (0600) unless it is there. Of several that make it at once one wins, for all.
 * @param make - Gives the text, when it is needed.
 * @throws HubError CONFIG_INVALID when it cannot be written.
 */
export function makePrivateFile(file: string, make: () => string): void {
  const made = `${file}.${process.pid}`;
  try {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) {
      writeFileSync(made, make(), { mode: 0o600, flag: 'wx', flush: true });
      linkUnlessThere(made, file);
    }
  } catch (cause) {
    throw refused(file, { zh: '无法写入', en: 'cannot be written', cause });
  } finally {
    rmSync(made, { force: true });
  }
}

/** @returns What is wrong with a key file, in words. */
export function refused(file: string, { zh, en, cause }: ErrorDetail): HubError {
  return new HubError('CONFIG_INVALID', { zh: `密钥文件 ${file} ${zh}。`, en: `The key file ${file} ${en}.`, cause });
}

/** A link appears whole or not at all. */
function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  }
}

function contentOf(file: string): { readonly text: string; readonly mode: number } {
  try {
    return { text: readFileSync(file, 'utf8'), mode: statSync(file).mode };
  } catch (cause) {
    throw refused(file, { zh: '读不到', en: 'cannot be read', cause });
  }
}
