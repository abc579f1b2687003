/**
 * Reads a province from its folder: the files of `schema/province/`, or of another folder of the same form.
 * @see design/architecture.md «Layout»
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HubError, type Province, readProvince } from '@hub/schema';

/**
 * @param folder - Holds `province.json`, `regions.json` and `systems.json`.
 * @throws HubError FOLDER_UNREADABLE when a file cannot be read; CONFIG_INVALID when one is not JSON or contradicts itself.
 */
export async function loadProvince(folder: string): Promise<Province> {
  const [province, regions, systems] = await Promise.all(
    ['province.json', 'regions.json', 'systems.json'].map((file) => loadDocument(join(folder, file))),
  );
  return readProvince({ province, regions, systems });
}

async function loadDocument(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `读不到省份数据文件 ${file}，请检查 HUB_PROVINCE_DIR。`,
      en: `The province file ${file} cannot be read; check HUB_PROVINCE_DIR.`,
      cause,
    });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HubError('CONFIG_INVALID', { zh: `${file} 不是有效的 JSON：${why}。`, en: `${file} is not JSON: ${why}.`, cause });
  }
}
