/**
 * Files of a folder that may be taken: whole ones that have not changed for a while, oldest first. Names that writers give to
 * what is not finished are passed over.
 * @see subgraphs/bridge/README.md «文件夹 · Folder»
 */
import { type Stats } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { HubError } from '@hub/schema';

import { isComplete } from './is-complete.ts';

/** A file that may be taken. */
export interface WaitingFile {
  readonly name: string;
  readonly path: string;
  /** Size and time, to see whether it changed while it was read. */
  readonly mark: string;
  /** False: it never got its end, and is not waited for any longer. */
  readonly complete: boolean;
}

/** How long to wait. */
export interface Patience {
  readonly nowMs: number;
  readonly settleMs: number;
  readonly giveUpMs: number;
}

const messages = /\.(?:xml|json|jsonl|ndjson)$/i;

/** @throws HubError FOLDER_UNREADABLE. */
export async function waitingFiles(folder: string, { nowMs, settleMs, giveUpMs }: Patience): Promise<readonly WaitingFile[]> {
  const names = await namesIn(folder);
  const found: (WaitingFile & { readonly changedMs: number })[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const status = await statusOf(path);
    if (status === undefined || !status.isFile()) continue;
    // A clock that runs ahead on the writer's side must not keep a file out for ever.
    const quietMs = Math.abs(nowMs - status.mtimeMs);
    if (quietMs < settleMs) continue;
    const complete = await isComplete(path);
    if (complete || quietMs >= giveUpMs) found.push({ name, path, mark: markOf(status), complete, changedMs: status.mtimeMs });
  }
  return found.toSorted((a, b) => a.changedMs - b.changedMs || (a.name < b.name ? -1 : 1));
}

/** @returns Size and time of a file now; undefined when it is gone. */
export async function fileMark(path: string): Promise<string | undefined> {
  const status = await statusOf(path);
  return status === undefined ? undefined : markOf(status);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    await mkdir(folder, { recursive: true });
    return (await readdir(folder)).filter((name) => messages.test(name) && !/^[.~]/.test(name));
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `读不了收件目录 ${folder}，请检查路径与权限。`,
      en: `Cannot read the folder ${folder}: check the path and the permissions.`,
      cause,
    });
  }
}

async function statusOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

function markOf({ size, mtimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ino}`;
}
