/**
 * The toy province, opened the way a hub opens the folder that HUB_PROVINCE_DIR names.
 */
import { fileURLToPath } from 'node:url';

import { openProvinceFolder } from '@hub/kit';
import { readConfig } from '@hub/kit/process';
import type { Province } from '@hub/schema';

/** Folder of the toy province. */
export const toyFolder = fileURLToPath(new URL('../fixtures/toy-province', import.meta.url));

/** @returns The province of three systems. */
export async function toyProvince(): Promise<Province> {
  const { provinceDir } = readConfig({ HUB_PROVINCE_DIR: toyFolder });
  return (await openProvinceFolder(provinceDir)).province;
}
