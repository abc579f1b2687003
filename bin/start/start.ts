/**
 * `npm start`: database, data on the first start, systems, gateway; then it waits for the signal that ends everything.
 * @see README «Two commands»
 */
import cluster from 'node:cluster';
import { createServer } from 'node:net';

import {
  createLog,
  createShutdown,
  type Database,
  listenOn,
  openDatabase,
  openProvinceFolder,
  readConfig,
  readExamples,
  readKeySet,
  readNamedKeySet,
} from '@hub/kit/process';
import { HubError } from '@hub/schema';

import { openGatewayKey, trustedKeysOf } from './gateway-key.ts';
import { registryNotes, scaleNote, withoutNote } from './notes.ts';
import { showProgress } from './progress.ts';
import { summary } from './summary.ts';
import { startSystemsHost } from './systems-host.ts';
import { systemsWithout } from './systems-without.ts';

const databaseDeadlineMs = 30_000;
const systemsDeadlineMs = 30_000;
/** Longer than its processes are given, where it has its own. */
const gatewayDeadlineMs = 25_000;

/** The command line, read. */
export interface StartCommand {
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Stands above `HUB_SCALE`. */
  readonly scale?: string | undefined;
  /** Codes of systems that are to be down, separated by commas. */
  readonly without?: string | undefined;
}

/**
 * Runs until a signal ends it.
 * @throws HubError CONFIG_INVALID, PORT_IN_USE, FOLDER_UNREADABLE (also when its disk is full), DATABASE_UNREACHABLE, and INTERNAL
 *   when a part ended by itself.
 */
export async function start({ env, scale, without }: StartCommand): Promise<void> {
  const config = readConfig(env, { HUB_SCALE: scale });
  // One of several that a start runs its gateway in.
  if (cluster.isWorker) return (await import('./open-gateway.ts')).serveGateway(config);
  const folder = await openProvinceFolder(config.provinceDir);
  const away = systemsWithout(without, folder.province);
  const examples = await readExamples(folder);
  const log = createLog('hub', config.logLevel);
  let opened: Database | undefined;
  await using shutdown = createShutdown({
    onFault: (name, cause) => log.error({ err: cause }, `${name} did not close`),
    onForce: () => opened?.kill(),
  });
  const progress = showProgress(process.stdout);
  let running = false;
  try {
    await assertPortFree(config.port, 'HUB_PORT');
    await assertPortFree(config.registryPort, 'HUB_REGISTRY_PORT');
    if (config.exchangeUrl === undefined) await assertPortFree(config.exchangePort, 'HUB_EXCHANGE_PORT');
    const database = await progress.step('数据库 Database', () => openDatabase(config));
    opened = database;
    shutdown.defer('database', () => database.close(), databaseDeadlineMs);
    shutdown.signal.throwIfAborted();
    const key = await openGatewayKey(config);
    const host = startSystemsHost(
      {
        databaseUrl: database.url,
        databaseFolder: database.folder ?? null,
        dataDir: config.dataDir,
        registryPort: config.registryPort,
        exchangePort: config.exchangePort,
        ...(config.exchangeUrl === undefined ? {} : { exchangeUrl: config.exchangeUrl }),
        nationKeys: config.nationKeysFile === undefined ? [] : [...readKeySet(config.nationKeysFile)],
        ...(config.nationUrl === undefined ? {} : { nationUrl: config.nationUrl }),
        allowLoopback: config.allowLoopback,
        allowNetworks: [...config.allowNetworks],
        provinceDir: config.provinceDir,
        trustedKeys: [...trustedKeysOf(config, key)],
        operatorKeys: config.operatorKeysFile === undefined ? [] : [...readNamedKeySet(config.operatorKeysFile)],
        scale: config.scale,
        without: away.map(({ code }) => code),
      },
      { onProgress: (report) => progress.tell(report) },
    );
    shutdown.defer('systems', () => host.close(), systemsDeadlineMs);
    // The gateway's code takes a second to read, so it is read meanwhile.
    const opening = import('./open-gateway.ts');
    const ready = await progress.step('数据与交易系统 Data and trading systems', () => host.ready);
    const gateway = await progress.step('网关 Gateway', async () =>
      (await opening).openGateway(config, { ready, province: folder.province, key, log, examples }),
    );
    const closeGateway = (): PromiseLike<void> => gateway[Symbol.asyncDispose]();
    shutdown.defer('gateway', closeGateway, config.workers > 1 ? gatewayDeadlineMs : undefined);
    if (!shutdown.signal.aborted) {
      const asked = scale ?? (env['HUB_SCALE'] || undefined);
      const notes = [asked === undefined ? undefined : scaleNote(config, ready.scales), withoutNote(away), ...registryNotes(ready)];
      const told = notes.filter((note) => note !== undefined);
      console.log(summary(ready, { url: gateway.url, dataDir: config.dataDir, notes: told }));
    }
    running = true;
    await Promise.race([shutdown.closed, endedByItself(database, host.ended)]);
  } catch (cause) {
    // What was being opened when a signal came fails for that reason: that is no fault.
    if (!shutdown.signal.aborted) throw await explained(cause, opened);
    if (!running) console.log('启动已中断；再次 npm start 会接着做。Interrupted; npm start goes on from here.');
  }
}

/** What broke inside may have broken for want of space: then that is what is said. */
async function explained(cause: unknown, database: Database | undefined): Promise<unknown> {
  const inside = !(cause instanceof HubError) || cause.code === 'INTERNAL' || cause.code === 'DATABASE_UNREACHABLE';
  return (inside ? await database?.fullDisk() : undefined) ?? cause;
}

async function assertPortFree(port: number, setting: string): Promise<void> {
  const probe = createServer();
  await listenOn(probe, port, setting);
  await new Promise((resolve) => probe.close(resolve));
}

async function endedByItself(database: Database, systemsEnded: Promise<void>): Promise<never> {
  const [zh, en] = await Promise.race([
    database.ended.then(() => ['数据库', 'database'] as const),
    systemsEnded.then(() => ['交易系统进程', 'process of the trading systems'] as const),
  ]);
  throw new HubError('INTERNAL', { zh: `${zh}意外结束，hub 随之停止。`, en: `The ${en} ended by itself, so the hub stops.` });
}
