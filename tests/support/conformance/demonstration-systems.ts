/**
 * Kit systems filled with demonstration data, as few as show every contract that systems hold.
 */
import { fileURLToPath } from 'node:url';

import { fillSystem, openProvinceFolder, readFirstData } from '@hub/kit';
import type { Trust } from '@hub/kit/process';
import { migratedForSystems, openTestDatabase } from '@hub/kit/testing';
import { type Province, isHeldBySystems, law } from '@hub/schema';
import { type RunningSystem, startSystems } from '@hub/trading';

import { fill } from '../fill.ts';
import { sizeOf } from '../sizes.ts';
import { awkwardRows } from './awkward-rows.ts';

/** Systems that run, until they are disposed of. */
export interface DemonstrationSystems extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly systems: readonly RunningSystem[];
}

const provinceFolder = fileURLToPath(new URL('../../../schema/province', import.meta.url));
const dayMs = 24 * 3_600_000;

/**
 * @param trust - Whose requests the systems answer.
 * @param wanted - Contracts to be shown; default all that systems hold.
 */
export async function startDemonstration(trust: Trust, wanted: readonly string[] = heldContracts()): Promise<DemonstrationSystems> {
  await using opened = new AsyncDisposableStack();
  const folder = await openProvinceFolder(provinceFolder);
  const opening = { ...folder, province: serving(folder.province, wanted) };
  const codes = systemsFor(opening.province, wanted);
  const database = opened.use(await openTestDatabase(migratedForSystems(opening.province)));
  const { systems } = opened.use(
    await startSystems({
      databaseUrl: database.url,
      province: opening.province,
      codes,
      trust,
      onFault: (cause) => {
        throw cause;
      },
    }),
  );
  const datasets = law().contracts.flatMap(({ contract }) => contract.datasets);
  const data = await readFirstData(opening, datasets);
  const now = Date.now();
  for (const system of systems) {
    await fillSystem(system, {
      data: async () => data,
      // Half of it would do, too, for every audit to have something to judge.
      scale: sizeOf({ test: 0.4, prove: 1 }),
      today: new Date(now + dayMs / 3).toISOString().slice(0, 10),
      receivedAt: `${new Date(now).toISOString().slice(0, 19)}.000000Z`,
    });
  }
  for (const system of systems.filter(({ system: { contracts } }) => contracts.includes('board'))) await fill(system, awkwardRows);
  const running = opened.move();
  return { databaseUrl: database.url, systems, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Contracts that are not wanted are not served: their graph takes time. */
function serving(province: Province, wanted: readonly string[]): Province {
  const systems = province.systems.map((row) => ({ ...row, contracts: row.contracts.filter((name) => wanted.includes(name)) }));
  return { ...province, systems };
}

/** The system that adds most of what is still wanted, again and again. */
function systemsFor({ systems }: Province, wanted: readonly string[]): readonly string[] {
  const missing = new Set(wanted);
  const chosen: string[] = [];
  while (missing.size > 0) {
    const gain = ({ contracts }: { readonly contracts: readonly string[] }): number => contracts.filter((name) => missing.has(name)).length;
    const best = systems.toSorted((a, b) => gain(b) - gain(a))[0];
    if (best === undefined || gain(best) === 0) throw new Error(`no system serves ${[...missing].join(', ')}`);
    chosen.push(best.code);
    for (const name of best.contracts) missing.delete(name);
  }
  return chosen;
}

function heldContracts(): readonly string[] {
  return law()
    .contracts.filter(({ contract }) => isHeldBySystems(contract))
    .map(({ contract }) => contract.name);
}
