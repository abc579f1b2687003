/**
 * Writes a new folder as a whole or not at all: the files are made in a folder inside it and put in place at the end.
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HubError } from '@hub/schema';

/** A file of the folder. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
  /** For its owner's eyes only. */
  readonly secret?: boolean;
}

/** @throws HubError FOLDER_UNREADABLE when it holds something, or cannot be read. */
export async function assertEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT')) return [];
    throw unwritable(folder, cause);
  });
  if (names.length === 0) return;
  const shown = names.slice(0, 3).join('、');
  throw new HubError('FOLDER_UNREADABLE', {
    zh: `目录 ${folder} 不是空的（有 ${shown}${names.length > 3 ? ' 等' : ''}），什么也没有写：请另写一个目录，或先移走其中的文件。`,
    en: `The folder ${folder} is not empty; nothing was written: name another one, or move its files away first.`,
  });
}

/** @throws HubError FOLDER_UNREADABLE; the folder is then as it was. */
export async function writeFolder(folder: string, files: readonly NewFile[]): Promise<void> {
  let made: string | undefined;
  const making = join(folder, `.hub-init-${process.pid}`);
  const placed: string[] = [];
  try {
    made = await mkdir(folder, { recursive: true });
    await assertEmpty(folder);
    await mkdir(making);
    for (const { name, text, secret = false } of files) {
      await writeFile(join(making, name), text, { mode: secret ? 0o600 : 0o644, flag: 'wx', flush: true });
    }
    for (const { name } of files) {
      await rename(join(making, name), join(folder, name));
      placed.push(join(folder, name));
    }
    await rm(making, { recursive: true });
  } catch (cause) {
    const left = made === undefined ? [making, ...placed] : [made];
    await Promise.all(left.map((path) => rm(path, { recursive: true, force: true }).catch(() => {})));
    throw cause instanceof HubError ? cause : unwritable(folder, cause);
  }
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}

function unwritable(folder: string, cause: unknown): HubError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new HubError('FOLDER_UNREADABLE', {
    zh: `目录 ${folder} 不能读写（${reason}），什么也没有写：请检查权限与磁盘空间。`,
    en: `The folder ${folder} cannot be read or written (${reason}); nothing was written: check its permissions and the disk.`,
    cause,
  });
}
