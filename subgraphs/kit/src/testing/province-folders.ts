/**
 * The two province folders that tests read: the real one, and the smallest.
 */
import { fileURLToPath } from 'node:url';

import { type Dataset, law } from '@hub/schema';

import type { ProvinceFolder } from '../province-folder.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Path of the real province folder. */
export const provinceFolder = `${root}schema/province`;
/** Path of the three-system toy province. */
export const toyFolder = `${root}tests/fixtures/toy-province`;

/** @returns A JSON document of a province folder. */
export async function documentOf(folder: ProvinceFolder, name: string): Promise<unknown> {
  return JSON.parse((await folder.text(name)) ?? 'null');
}

/** @returns The law's datasets by their names on the wire. */
export function lawDatasets(): ReadonlyMap<string, Dataset> {
  return new Map(law().contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => [dataset.code, dataset])));
}
