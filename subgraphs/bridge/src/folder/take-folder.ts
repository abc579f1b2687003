/**
 * One look into a folder: each whole file is stored, remembered by its content, and moved to `done` or, when anything in it was
 * refused, to `refused` with a report beside it. In this order: what a crash leaves undone is done at the next look, and
 * messages that are stored twice change nothing.
 * @see subgraphs/bridge/README.md «文件夹 · Folder»
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { HubError } from '@hub/schema';

import type { FolderSource } from '../mapping/mapping.ts';
import type { Bridge } from '../run/bridge.ts';
import { type BridgeCount, addCounts, noCount } from '../run/count.ts';
import { type TakenFile, readFileState, rememberFile } from '../state/files.ts';

import { refusalReport } from './refusal-report.ts';
import { type StoredFile, storeFile } from './store-file.ts';
import { type WaitingFile, fileMark, waitingFiles } from './waiting-files.ts';

/** @param home - Folder that a relative path starts from. @returns What the files brought. @throws HubError FOLDER_UNREADABLE. */
export async function takeFolder(bridge: Bridge, source: FolderSource, home: string): Promise<BridgeCount> {
  const folder = resolve(home, source.path);
  const { settleSeconds, giveUpSeconds } = source;
  const patience = { nowMs: bridge.nowMs(), settleMs: settleSeconds * 1000, giveUpMs: giveUpSeconds * 1000 };
  let count = noCount;
  for (const file of await waitingFiles(folder, patience)) {
    if (bridge.signal.aborted) break;
    const before = count;
    const onProgress: Bridge['onProgress'] = (name, more) => bridge.onProgress(name, addCounts(before, more));
    count = addCounts(count, await takeFile({ ...bridge, onProgress }, file, { folder, keep: source.keep }));
  }
  return count;
}

async function takeFile(
  bridge: Bridge,
  file: WaitingFile,
  place: { readonly folder: string; readonly keep: boolean },
): Promise<BridgeCount> {
  const { db } = bridge.target.store;
  const { system, bridge: name } = bridge.mapping;
  const hash = await hashOf(file.path);
  const known = await readFileState(db, { system, bridge: name, hash });
  if (known !== undefined) {
    if (!place.keep) await moveAway(file, { ...place, hash, refused: known.refused });
    return noCount;
  }
  const stored = await storeFile(bridge, file);
  // It grew or was replaced while it was read: the next look takes it as it is then.
  if ((await fileMark(file.path)) !== file.mark) return stored.count;
  const refused = stored.count.refused > 0 || !file.complete;
  const taken: TakenFile = { system, bridge: name, hash, name: file.name, refused, takenAtMs: bridge.nowMs() };
  if (refused) await writeReport(file, { ...place, hash, stored });
  await rememberFile(db, taken);
  if (!place.keep) await moveAway(file, { ...place, hash, refused });
  return stored.count;
}

interface Destination {
  readonly folder: string;
  readonly hash: string;
}

async function writeReport(file: WaitingFile, { folder, hash, stored }: Destination & { readonly stored: StoredFile }): Promise<void> {
  const path = `${await destination(file, { folder, hash, refused: true })}.report.txt`;
  await writeFile(path, refusalReport(file, stored)).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

async function moveAway(file: WaitingFile, { folder, hash, refused }: Destination & { readonly refused: boolean }): Promise<void> {
  const path = await destination(file, { folder, hash, refused });
  await rename(file.path, path).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

/** The content is part of the name: a file of the same name never takes another's place. */
async function destination({ name }: WaitingFile, { folder, hash, refused }: Destination & { readonly refused: boolean }): Promise<string> {
  const to = join(folder, refused ? 'refused' : 'done');
  await mkdir(to, { recursive: true }).catch((cause: unknown) => {
    throw unwritable(to, cause);
  });
  const { name: stem, ext } = parse(name);
  return join(to, `${stem}.${hash.slice(0, 12)}${ext}`);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function unwritable(path: string, cause: unknown): HubError {
  return new HubError('FOLDER_UNREADABLE', {
    zh: `写不了 ${path}，请检查权限与磁盘空间；若不许移动文件，请在映射中写 keep: true。`,
    en: `Cannot write ${path}: check the permissions and the disk; where files must not be moved, write keep: true in the mapping.`,
    cause,
  });
}
