/**
 * `hub init DIR`: makes a system's folder, and says what is in it and what comes next.
 * @see subgraphs/GUIDE.md
 */
import { relative, resolve } from 'node:path';

import { initSystem } from '@hub/bridge';
import { provinceCodes } from '@hub/kit';
import { openProvinceFolder, readConfig } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import { callerFolder } from './caller-folder.ts';

/** The command line, read. */
export interface InitCommand {
  readonly folder: string;
  readonly system: string;
  readonly contract: string;
  /** Absent: the system pushes its records. */
  readonly databaseFrom?: string;
  readonly registry?: string;
  readonly exchange?: string;
  readonly port: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly owner?: string;
  readonly ownerCode?: string;
  readonly region?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const usualRegistry = 'http://127.0.0.1:4001';

/** @throws HubError as `initSystem`, and as reading the province folder does. */
export async function init({ folder: given, system, contract, databaseFrom: variable, env, ...facts }: InitCommand): Promise<void> {
  const here = callerFolder(env);
  const folder = resolve(here, given);
  const { province } = await openProvinceFolder(readConfig({ HUB_PROVINCE_DIR: env['HUB_PROVINCE_DIR'] }).provinceDir);
  const name = facts.name ?? system;
  if (variable !== undefined) console.error(`… 查看 ${variable} 所指的库，只读  Looking at the database of ${variable}, reading only`);
  const { contracts, tables, views } = await initSystem({
    folder,
    system,
    contract,
    variable,
    env,
    registry: facts.registry ?? (env['HUB_REGISTRY_URL'] || usualRegistry),
    exchange: facts.exchange ?? (env['HUB_EXCHANGE_URL'] || undefined),
    port: portOf(facts.port),
    facts: {
      name,
      nameEn: facts.nameEn ?? system,
      owner: facts.owner ?? name,
      ...(facts.ownerCode === undefined ? {} : { ownerCode: facts.ownerCode }),
      region: facts.region ?? province.code,
    },
    codes: provinceCodes(province),
  });
  const place = relative(here, folder) || '.';
  const found = variable === undefined ? { zh: '靠报送', en: 'it pushes' } : { zh: `库中有 ${tables} 个表`, en: `${tables} tables found` };
  console.log(
    `✓ ${place}：系统 ${system}，契约 ${contracts.join('、')}；${found.zh}。  System ${system}, contracts ${contracts.join(', ')}; ${found.en}.`,
  );
  for (const { view, title, table, filled, columns } of views) {
    const how = table === undefined ? '待写，暂无行 to be written, no rows yet' : `${table}，已填 ${filled}/${columns} 列 columns filled`;
    console.log(`  ${view} ${title} ← ${how}`);
  }
  const missing = [
    ...(facts.name === undefined || facts.owner === undefined ? ['name', 'nameEn', 'owner'] : []),
    ...(facts.region === undefined ? ['region'] : []),
  ];
  if (missing.length > 0)
    console.error(`! 请在 registration.json 中写明 ${missing.join('、')}。  Complete ${missing.join(', ')} in registration.json.`);
  if (variable === undefined) {
    console.error(
      `下一步：把 ${place}/registration.json 交给运维登记并代存，然后 hub exchange submit。  Next: the operator registers registration.json and hosts the system; then hub exchange submit.`,
    );
    return;
  }
  console.error(
    `下一步：补全 ${place}/views.sql 并在自己的库里执行，然后 hub dev ${place}。  Next: complete views.sql, run it in your database, then hub dev ${place}.`,
  );
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new HubError('CONFIG_INVALID', { zh: '--port 应为 0–65535 的整数。', en: '--port must be a whole number from 0 to 65535.' });
}
