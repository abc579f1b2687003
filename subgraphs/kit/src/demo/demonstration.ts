/**
 * The demonstration: wire records of one system, coherent over each project's life, marked by nothing but their codes; the
 * loader marks their source. Pure: seed, scale and day decide every byte.
 * @see design/partitioning.md «Counting once»
 */
import type { Province, SystemRow } from '@hub/schema';

import type { Names } from './names.ts';
import { planProject } from './plan-project.ts';
import { randomFrom } from './random.ts';
import { type DemoOptions, isProvincial, type Setting, settingAt, settingOf } from './setting.ts';
import { type DemoRecord, tellProject } from './tell-project.ts';

/** Projects of a system at scale 1, and how many more some have. */
const [fewestProjects, moreProjects] = [22, 4];

/**
 * Records of a system, project by project, parents before children. A provincial system also gets what cities sent it,
 * with the cities' own platform codes: copies.
 * @param names - From `readNames`.
 * @param system - Code of a system of the province.
 * @throws RangeError when the system is unknown, the scale is not positive or today is not a date.
 */
export function* demonstrationRecords(
  province: Province,
  names: Names,
  { system, ...options }: DemoOptions & { readonly system: string },
): Generator<DemoRecord> {
  const setting = settingOf(province, names, { ...options, system });
  if (!tellsTenders(setting.system)) return;
  yield* ownRecords(setting, options.scale);
  if (!isProvincial(setting)) return;
  for (const row of province.systems) {
    const city = settingAt(setting, row);
    if (tellsTenders(row) && !isProvincial(city)) yield* copiedRecords(city, options.scale);
  }
}

/** Whether a system trades what this demonstration tells of: tenders of works. */
export function tellsTenders({ contracts }: SystemRow): boolean {
  return contracts.includes('construction');
}

/** @returns How many projects a system has, for progress: copies are not counted. */
export function demonstrationProjects(system: string, { seed, scale }: Pick<DemoOptions, 'seed' | 'scale'>): number {
  if (!(scale > 0)) throw new RangeError('The scale must be positive.');
  const base = fewestProjects + randomFrom(`${seed}/${system}`).whole(0, moreProjects);
  // Two at least: one unopened and one under evaluation.
  return Math.max(2, Math.round(base * scale));
}

function* ownRecords(setting: Setting, scale: number): Generator<DemoRecord> {
  const count = demonstrationProjects(setting.system.code, { seed: setting.seed, scale });
  for (let index = 0; index < count; index++) yield* tellProject(setting, planProject(setting, index));
}

function* copiedRecords(setting: Setting, scale: number): Generator<DemoRecord> {
  const count = demonstrationProjects(setting.system.code, { seed: setting.seed, scale });
  for (let index = 0; index < count; index++) {
    const project = planProject(setting, index);
    if (project.copied) yield* tellProject(setting, project);
  }
}
