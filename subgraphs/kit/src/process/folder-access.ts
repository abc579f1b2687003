/**
 * Whether folders can be used before anything is started in them: ours to write, and the database user's to enter.
 */
import { constants, existsSync } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { HubError } from '@hub/schema';

import type { Owner } from './postgres-owner.ts';

/**
 * Makes the data folder when it is not there.
 * @throws HubError FOLDER_UNREADABLE when it cannot be made, read, written or entered.
 */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `数据目录 ${folder} 无法创建或读写，请检查权限，或用 HUB_DATA_DIR 指定其他目录。`,
      en: `The data folder ${folder} cannot be made, read or written; check its permissions, or set HUB_DATA_DIR to another folder.`,
      cause,
    });
  }
}

// Not `recursive`: where the parent is there and takes no folders (/proc), Node never comes back from that.
async function makeFolder(folder: string): Promise<void> {
  const above = dirname(folder);
  if (above !== folder && !existsSync(above)) await makeFolder(above);
  try {
    await mkdir(folder);
  } catch (cause) {
    if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw cause;
  }
}

/**
 * Checks that the database user can enter every folder above `path`, which a private home (mode 0700) does not let it.
 * @throws HubError FOLDER_UNREADABLE, naming the folder that is in the way.
 */
export async function assertEntry(path: string, owner: Owner): Promise<void> {
  const { uid, gid } = owner;
  if (uid === undefined || gid === undefined) return;
  for (const folder of ancestors(path)) {
    const { mode, uid: folderUid, gid: folderGid } = await stat(folder);
    if ((mode & entryBit({ user: folderUid === uid, group: folderGid === gid })) === 0) throw closed(folder);
  }
}

function ancestors(path: string): readonly string[] {
  const above = dirname(resolve(path));
  return above === dirname(above) ? [above] : [...ancestors(above), above];
}

function entryBit(who: { readonly user: boolean; readonly group: boolean }): number {
  if (who.user) return constants.S_IXUSR;
  return who.group ? constants.S_IXGRP : constants.S_IXOTH;
}

function closed(folder: string): HubError {
  return new HubError('FOLDER_UNREADABLE', {
    zh: `以 root 运行时，数据库由 postgres 用户运行，而该用户进不了 ${folder}：请执行 chmod o+x ${folder}，或把项目与 HUB_DATA_DIR 放到别处，或设置 HUB_DATABASE_URL。`,
    en: `Run as root, the database runs as the user postgres, who cannot enter ${folder}: run chmod o+x ${folder}, or move the project and HUB_DATA_DIR elsewhere, or set HUB_DATABASE_URL.`,
  });
}
