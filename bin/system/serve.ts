/**
 * `hub serve [DIR]`: one system as it runs in service: a store of its own, the bridge that follows the source, and the endpoint
 * that answers trusted gateways alone.
 * @see subgraphs/GUIDE.md; schema/PROTOCOL.md 9, 10
 */
import { dirname, join } from 'node:path';

import { followSource } from '@hub/bridge';
import { keysByIssuer, openDatabase, openProvinceFolder, readConfig, readTrustedKeys, systemClock, trustKeys } from '@hub/kit/process';
import { createLog, createShutdown } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import { databaseEnded } from './database-ended.ts';
import { intervalMs } from './interval.ts';
import { startSystem } from './start-system.ts';
import { openSystemFolder, writeSdl } from './system-folder.ts';
import { tellRounds } from './tell-rounds.ts';
import { unlessEnded } from './unless-ended.ts';

/** The command line, read. */
export interface ServeCommand {
  readonly folder?: string | undefined;
  readonly port?: string;
  readonly interval: string;
  readonly withdrawMany: boolean;
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const databaseDeadlineMs = 30_000;
const roundDeadlineMs = 30_000;

/**
 * Runs until a signal ends it.
 * @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE, DATABASE_UNREACHABLE, PORT_IN_USE, CONTRACT_INVALID.
 */
export async function serve({ folder, port, interval, withdrawMany, env }: ServeCommand): Promise<void> {
  const system = await openSystemFolder(folder, env);
  const { settings, row } = system;
  const config = readConfig({ HUB_DATA_DIR: join(settings.folder, '.hub'), HUB_DATABASE_URL: settings.databaseUrl, ...given(env) });
  if (config.trustedKeysFile === undefined) throw nobodyTrusted();
  const pauseMs = intervalMs(interval);
  const trust = trustKeys(keysByIssuer(readTrustedKeys(config.trustedKeysFile)));
  const { province } = await openProvinceFolder(config.provinceDir);
  const log = createLog(settings.system, config.logLevel);
  let kill = (): void => {};
  await using shutdown = createShutdown({
    onFault: (name, cause) => log.error({ err: cause }, `${name} did not close`),
    onForce: () => kill(),
  });
  await unlessEnded(shutdown.signal, async () => {
    console.error('… 打开本系统的库  Opening the store of this system');
    const database = await openDatabase(config);
    kill = () => database.kill();
    shutdown.defer('database', () => database.close(), databaseDeadlineMs);
    const running = await startSystem({
      databaseUrl: database.url,
      province,
      row,
      trust,
      port: port ?? String(settings.port),
      onFault: (cause) => log.error({ err: cause }, 'fault'),
    });
    shutdown.defer('system', () => running.close());
    await writeSdl(system);
    console.log(
      `✓ ${row.name}（${row.code}）只答 ${config.trustedKeysFile} 中的网关和数据交换；契约 ${row.contracts.join('、')}。  Answers the gateways and the exchange of that file alone; contracts ${row.contracts.join(', ')}.`,
    );
    console.log(`system ready at ${running.target.url}`);
    const following = followSource({
      target: running.target,
      mappingFile: settings.mapping,
      home: dirname(settings.mapping),
      env,
      intervalMs: pauseMs,
      nowMs: () => systemClock.nowMs(),
      signal: shutdown.signal,
      withdrawMany,
      ...tellRounds({ out: console.log, err: console.error, hint: '其余照常 the others go on' }),
    });
    shutdown.defer('round', () => following.catch(() => {}), roundDeadlineMs);
    await Promise.race([shutdown.closed, following, databaseEnded(database)]);
  });
}

/** An empty variable counts as absent. */
function given(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function nobodyTrusted(): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: 'hub serve 只答受信任的网关：请向省枢纽索取网关的公钥（其数据目录中的 gateway-key.public.json，数据交换的是 exchange-key.public.json，可合为一个 JWKS），并设 HUB_TRUSTED_KEYS_FILE 为该文件；只想试运行请用 hub dev。',
    en: 'hub serve answers trusted gateways alone: ask the hub for its gateways’ public keys (gateway-key.public.json of its data folder; the exchange’s is exchange-key.public.json, both may be one JWKS) and set HUB_TRUSTED_KEYS_FILE to that file; hub dev is for trying.',
  });
}
