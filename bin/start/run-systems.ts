/**
 * Runs the registry and all trading systems of a province in this process, and fills those that are new.
 */
import { fillSystem, openProvinceFolder, readFirstData } from '@hub/kit';
import { instantOf, type Log, type Shutdown, systemClock } from '@hub/kit/process';
import { startRegistry } from '@hub/registry';
import { law, printInstant } from '@hub/schema';
import { startSystems, type TradingSystems } from '@hub/trading';

import type { SystemsOrder, SystemsReport } from './messages.ts';

/** What they run in. */
export interface RunOptions {
  /** Gets what closes them. */
  readonly shutdown: Shutdown;
  readonly log: Log;
  readonly report: (message: SystemsReport) => void;
}

/** Starts everything, reporting progress; the last report says that all of them listen. */
export async function runSystems({ databaseUrl, provinceDir, scale }: SystemsOrder, { shutdown, log, report }: RunOptions): Promise<void> {
  const onFault = (cause: unknown): void => log.error({ err: cause }, 'fault');
  const folder = await openProvinceFolder(provinceDir);
  const { province } = folder;
  const trading = await startSystems({ databaseUrl, province, onFault });
  shutdown.defer('trading systems', () => trading[Symbol.asyncDispose]());
  const registry = await startRegistry({ databaseUrl, province, port: 0, onFault });
  shutdown.defer('registry', () => registry[Symbol.asyncDispose]());

  const datasets = law().contracts.flatMap(({ contract }) => contract.datasets);
  const noticeDatasets = new Set(datasets.filter(({ notice }) => notice !== undefined).map(({ code }) => code));
  const data = await readFirstData(folder, noticeDatasets);
  const receivedAt = instantOf(systemClock);
  const options = { data, scale, today: printInstant(receivedAt).slice(0, 10), receivedAt };
  const loaded = await fillAll(trading, async (system, done) => {
    shutdown.signal.throwIfAborted();
    const { stored } = await fillSystem(system, options);
    if (stored > 0) report({ kind: 'progress', what: '首次导入 First data', done: done(), total: trading.systems.length });
    return stored;
  });
  const systems = trading.systems.map(({ system: { code, name, contracts, state }, url }) => ({
    code,
    name,
    url,
    contracts: [...contracts],
    state,
  }));
  report({ kind: 'ready', registryUrl: registry.url, systems, loaded });
}

/** Two at a time: while the database writes for one, records of the other are made and judged. */
const filledAtOnce = 2;

async function fillAll(
  { systems }: TradingSystems,
  fill: (system: TradingSystems['systems'][number], done: () => number) => Promise<number>,
): Promise<number> {
  const waiting = systems.values();
  let [loaded, done] = [0, 0];
  const fillOn = async (): Promise<void> => {
    for (const system of waiting) {
      const stored = await fill(system, () => (done += 1));
      loaded += stored;
    }
  };
  await Promise.all(Array.from({ length: filledAtOnce }, fillOn));
  return loaded;
}
