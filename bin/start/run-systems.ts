/**
 * Runs the registry and all trading systems of a province in this process, and fills those that are new.
 */
import { type FirstData, fillSystem, openProvinceFolder, readFirstData, rebuildBoard } from '@hub/kit';
import {
  exchangeIssuer,
  gatewayIssuer,
  instantOf,
  issuerOf,
  keysByIssuer,
  type Log,
  type Shutdown,
  systemClock,
  trustKeys,
} from '@hub/kit/process';
import { type Registry, startRegistry } from '@hub/registry';
import { law, printInstant } from '@hub/schema';
import { startSystems, type TradingSystems } from '@hub/trading';

import { type HubKeys, openHubKeys } from './hub-keys.ts';
import type { SystemsOrder, SystemsReport } from './messages.ts';
import { publishSystems, type Unpublished } from './publish-systems.ts';
import { exchangeAt, runExchange } from './run-exchange.ts';
import { unpublishedSdl } from './unpublished-sdl.ts';

/** What they run in. */
export interface RunOptions {
  /** Gets what closes them. */
  readonly shutdown: Shutdown;
  readonly log: Log;
  readonly report: (message: SystemsReport) => void;
}

/** Starts everything, reporting progress; the last report says that all of them listen. */
export async function runSystems(order: SystemsOrder, { shutdown, log, report }: RunOptions): Promise<void> {
  const { databaseUrl, dataDir, provinceDir, allowLoopback, allowNetworks, trustedKeys, scale, without } = order;
  const onFault = (cause: unknown): void => log.error({ err: cause }, 'fault');
  const folder = await openProvinceFolder(provinceDir);
  const { province } = folder;
  const codes = province.systems.map(({ code }) => code);
  const gateways = trustedKeys.filter((jwk) => issuerOf(jwk) === gatewayIssuer);
  const keys = await openHubKeys(dataDir, { systems: codes, gateways, operators: order.operatorKeys ?? [] });
  const trust = trustKeys(keysByIssuer([...trustedKeys, { ...keys.exchange.publicJwk, iss: exchangeIssuer }]));
  const trading = await startSystems({ databaseUrl, province, trust, onFault });
  shutdown.defer('trading systems', () => trading[Symbol.asyncDispose]());
  const own = [...trading.systems.map(({ url }) => new URL(url).origin), trading.hostingOrigin];
  const signing = { key: keys.registry, keys: keys.given, reach: { own, loopback: allowLoopback, networks: allowNetworks } };
  const registry = await startRegistry({ databaseUrl, province, trust, ...signing, port: order.registryPort, onFault });
  shutdown.defer('registry', () => registry[Symbol.asyncDispose]());
  const publishing = publishAll(registry, { trading, keys, dataDir });
  // The data takes longer.
  publishing.catch(() => {});
  let firstData: Promise<FirstData> | undefined;
  const data = (): Promise<FirstData> =>
    (firstData ??= readFirstData(
      folder,
      law().contracts.flatMap(({ contract }) => contract.datasets),
    ));
  const receivedAt = instantOf(systemClock);
  for (const [place, system] of trading.systems.entries()) {
    shutdown.signal.throwIfAborted();
    const rebuilt = await rebuildBoard(system, receivedAt);
    if (rebuilt) report({ kind: 'progress', what: '按新契约重建看板 Board made again', done: place + 1, total: trading.systems.length });
  }
  const options = { data, scale, today: printInstant(receivedAt).slice(0, 10), receivedAt };
  const scales = new Set<number>();
  const loaded = await fillAll(trading, async (system, done) => {
    shutdown.signal.throwIfAborted();
    const { stored, scale: filledAt } = await fillSystem(system, options);
    if (filledAt !== undefined) scales.add(filledAt);
    if (stored > 0) report({ kind: 'progress', what: '首次导入 First data', done: done(), total: trading.systems.length });
    return stored;
  });
  // Their address stays in the routing table, and nobody listens there: as with a system that is down.
  await Promise.all(trading.systems.filter(({ system }) => without.includes(system.code)).map((system) => system.stop()));
  const unpublished = await publishing;
  const beside = { trading, registry, keys, trust, province, reach: signing.reach, shutdown, onFault };
  const exchange = await exchangeAt(order.exchangeUrl, () => runExchange(order, beside));
  // The registry's rows: its list and the routing never differ.
  const systems = (await registry.systems()).map(({ code, name, contracts, state }) => ({ code, name, contracts: [...contracts], state }));
  const { origin, publicKey, notes, contracts } = registry;
  const differs = contracts.own === null ? {} : { contracts };
  report({
    kind: 'ready',
    registry: { url: registry.url, origin, publicKey },
    exchange: { url: exchange.url, origin: exchange.origin },
    own,
    systems,
    registryNotes: { changed: [...notes.changed], gone: [...notes.gone], unpublished: [...unpublished], ...differs },
    loaded,
    scales: [...scales],
  });
}

interface Publishing {
  readonly trading: TradingSystems;
  readonly keys: HubKeys;
  readonly dataDir: string;
}

async function publishAll(registry: Registry, { trading, keys, dataDir }: Publishing): Promise<readonly Unpublished[]> {
  const sdl = await unpublishedSdl(dataDir);
  const rows = new Map((await registry.systems()).map((row) => [row.code, row]));
  const listening = trading.systems.flatMap(({ system: { code }, url }) => {
    const [key, row] = [keys.systems.get(code), rows.get(code)];
    return key === undefined || row === undefined ? [] : { code, url, key, sdl: sdl.of(row) };
  });
  const unpublished = await publishSystems(registry.origin, listening);
  if (unpublished.length === 0) await sdl.done();
  return unpublished;
}

/**
 * Two at a time: while the database writes for one, records of the other are made and judged. From the last of the list: a
 * province's own systems stand there and hold most, and none is to be left alone at the end.
 */
const filledAtOnce = 2;

async function fillAll(
  { systems }: TradingSystems,
  fill: (system: TradingSystems['systems'][number], done: () => number) => Promise<number>,
): Promise<number> {
  const waiting = systems.toReversed().values();
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
