/**
 * A province folder on disk: everything the hub knows of places. Another folder of the same form makes another province.
 * @see design/architecture.md «Layout»
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HubError, type Province, readProvince } from '@hub/schema';

/** A province and the documents beside it. */
export interface ProvinceFolder {
  readonly province: Province;
  /**
   * @param name - File of the folder, such as `names.json`.
   * @returns Its text; undefined when the folder has no such file.
   */
  text(name: string): Promise<string | undefined>;
  /** @returns Names of the files in a folder of it, such as `examples`, in their order; none when there is no such folder. */
  names(inside: string): Promise<readonly string[]>;
}

/**
 * @throws HubError FOLDER_UNREADABLE when a file is missing or cannot be read; CONFIG_INVALID when one is not JSON or
 * contradicts itself, naming file and entry.
 */
export async function openProvinceFolder(folder: string): Promise<ProvinceFolder> {
  const [province, regions, systems] = await Promise.all(
    ['province.json', 'regions.json', 'systems.json'].map((name) => readDocument(folder, name)),
  );
  return {
    province: readProvince({ province, regions, systems }),
    text: (name) => readText(folder, name),
    names: async (inside) => ((await orNone(join(folder, inside), (path) => readdir(path))) ?? []).toSorted(),
  };
}

async function readDocument(folder: string, name: string): Promise<unknown> {
  const text = await readText(folder, name);
  if (text === undefined) throw unreadable(join(folder, name), undefined);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HubError('CONFIG_INVALID', {
      zh: `${join(folder, name)} 不是合法的 JSON：${reason}`,
      en: `${join(folder, name)} is not JSON: ${reason}`,
      cause,
    });
  }
}

function readText(folder: string, name: string): Promise<string | undefined> {
  return orNone(join(folder, name), (path) => readFile(path, 'utf8'));
}

async function orNone<T>(path: string, read: (path: string) => Promise<T>): Promise<T | undefined> {
  try {
    return await read(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): HubError {
  return new HubError('FOLDER_UNREADABLE', {
    zh: `读不到 ${path}，请检查 HUB_PROVINCE_DIR 指向的目录及其权限。`,
    en: `${path} cannot be read: check the folder HUB_PROVINCE_DIR names and its permissions.`,
    cause,
  });
}
