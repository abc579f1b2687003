/**
 * A data folder whose disk is full. PostgreSQL ends in the midst of a statement then, and whoever asked it learns of a lost
 * connection only: the folder is named here.
 */
import { statfs } from 'node:fs/promises';

import { HubError } from '@hub/schema';

/** One segment of PostgreSQL's write-ahead log: with less it cannot go on. */
const leastFreeBytes = 16 * 1024 * 1024;
const noSpace = /no space left on device/i;

/**
 * @param told - What was said when it failed: a message, or the last lines of PostgreSQL's log.
 * @returns The refusal that names the folder; undefined when its disk has room and nothing says otherwise.
 */
export async function fullDisk(folder: string, told: string): Promise<HubError | undefined> {
  if (!noSpace.test(told) && (await freeBytes(folder)) >= leastFreeBytes) return undefined;
  return new HubError('FOLDER_UNREADABLE', {
    zh: `数据目录 ${folder} 所在的磁盘已满，数据库写不下去：请腾出空间后重试，或用 HUB_DATA_DIR 指定另一块磁盘上的目录。`,
    en: `The disk of the data folder ${folder} is full, so the database cannot write: make room and try again, or set HUB_DATA_DIR to a folder on another disk.`,
  });
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // A folder that is gone is another failure, which its own words tell best.
    return Infinity;
  }
}
