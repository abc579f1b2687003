/**
 * `hub dev [DIR]`: a system in a province of its own on this machine, to see its rows as the province will. Loopback is allowed
 * here by itself: the keys, the registry and the store are made for this alone and stand in the folder's `.hub/dev`.
 * @see subgraphs/GUIDE.md
 */
import { dirname, join } from 'node:path';

import { followSource } from '@hub/bridge';
import {
  createLog,
  createShutdown,
  exchangeIssuer,
  keysByIssuer,
  openDatabase,
  openProvinceFolder,
  openSigningKey,
  readConfig,
  readExamples,
  readTrustedKeys,
  renewDatabase,
  systemClock,
  trustKeys,
} from '@hub/kit/process';

import { openExchangeKey } from '../start/hub-keys.ts';
import { showProgress } from '../start/progress.ts';
import { intervalMs } from './interval.ts';
import { openLocalProvince } from './local-province.ts';
import { startSystem } from './start-system.ts';
import { openSystemFolder, writeSdl } from './system-folder.ts';
import { databaseEnded } from './database-ended.ts';
import { tellRounds } from './tell-rounds.ts';
import { unlessEnded } from './unless-ended.ts';

/** The command line, read. */
export interface DevCommand {
  readonly folder?: string | undefined;
  readonly port?: string;
  readonly interval: string;
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const databaseDeadlineMs = 30_000;
const roundDeadlineMs = 30_000;

/**
 * Runs until a signal ends it.
 * @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE, PORT_IN_USE, REGISTRATION_INVALID, CONTRACT_INVALID.
 */
export async function dev({ folder, port, interval, env }: DevCommand): Promise<void> {
  const system = await openSystemFolder(folder, env);
  const { settings, row } = system;
  const pauseMs = intervalMs(interval);
  const dataDir = join(settings.folder, '.hub', 'dev');
  const config = readConfig(env, { HUB_PORT: port, HUB_DATA_DIR: dataDir });
  const provinceFolder = await openProvinceFolder(config.provinceDir);
  const { province } = provinceFolder;
  const examples = await readExamples(provinceFolder);
  const log = createLog(settings.system, config.logLevel);
  const onFault = (cause: unknown): void => log.error({ err: cause }, 'fault');
  let kill = (): void => {};
  await using shutdown = createShutdown({
    onFault: (name, cause) => log.error({ err: cause }, `${name} did not close`),
    onForce: () => kill(),
  });
  const progress = showProgress(process.stdout);
  await unlessEnded(shutdown.signal, async () => {
    // Not the store of the system in service, whatever the settings say.
    const database = await progress.step('数据库 Database', () => openDatabase({ databaseUrl: undefined, dataDir, durable: false }));
    kill = () => database.kill();
    shutdown.defer('database', () => database.close(), databaseDeadlineMs);
    const gatewayKey = openSigningKey(join(dataDir, 'gateway-key.json'));
    const exchangeKey = { ...openExchangeKey(dataDir).publicJwk, iss: exchangeIssuer };
    const others = config.trustedKeysFile === undefined ? [] : readTrustedKeys(config.trustedKeysFile);
    const trust = trustKeys(keysByIssuer([gatewayKey.publicJwk, exchangeKey, ...others]));
    const running = await progress.step('系统 System', () =>
      startSystem({ databaseUrl: database.url, province, row, trust, port: String(settings.port), onFault }),
    );
    shutdown.defer('system', () => running.close());
    const sdl = await writeSdl(system);
    const gateway = await progress.step('登记与网关 Registry and gateway', async () =>
      openLocalProvince({
        config,
        province,
        system,
        sdl,
        gatewayKey,
        trust,
        examples,
        log,
        shutdown,
        // It begins anew at each start, so that what was edited is what is registered.
        databaseUrl: await renewDatabase(database.url, 'registry'),
        endpoint: running.target.url,
      }),
    );
    console.log(
      `系统的接口 ${running.target.url}，只答本地的网关（密钥 ${join(dataDir, 'gateway-key.json')}），数据流只答 exchange-key.json。  The system’s endpoint answers the local gateway alone, its feed the exchange-key.json beside it.`,
    );
    console.log(
      `浏览器打开 ${gateway.url}/ 查看本系统的记录；改动 ${settings.mapping} 或视图即重读。Ctrl-C 结束。  Open ${gateway.url}/; changes of the mapping and the views are taken up. Ctrl-C ends it.`,
    );
    console.log(`hub ready at ${gateway.url}`);
    const following = followSource({
      target: running.target,
      mappingFile: settings.mapping,
      home: dirname(settings.mapping),
      env,
      intervalMs: pauseMs,
      nowMs: () => systemClock.nowMs(),
      signal: shutdown.signal,
      withdrawMany: true,
      ...tellRounds({
        out: console.log,
        err: console.error,
        hint: '请在自己的库里执行 views.sql，其余照常 run views.sql in your database; the others go on',
      }),
    });
    shutdown.defer('round', () => following.catch(() => {}), roundDeadlineMs);
    await Promise.race([shutdown.closed, following, databaseEnded(database)]);
  });
}
