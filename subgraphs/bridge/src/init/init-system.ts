/**
 * `hub init`: the folder of a new system over the engineer's own database: settings, mapping, views to be completed, a key, and
 * what the operator registers. Data, no code; runnable at once.
 * @see subgraphs/GUIDE.md
 */
import { createSigningKey, type HubDocument, hubFileName, privateJwkOf } from '@hub/kit/process';
import { type CodeLists, type Contract, HubError, isHeldBySystems, isSystemCode, law } from '@hub/schema';

import type { Environment } from '../read/open-reader.ts';

import { draftEntries } from './draft-entry.ts';
import { draftMapping } from './draft-mapping.ts';
import { draftViews } from './draft-views.ts';
import { folderReadme } from './folder-readme.ts';
import { databaseKind, inspectDatabase } from './inspect-database.ts';
import { type Registration, registrationFileName } from './registration.ts';
import { assertEmpty, writeFolder } from './write-folder.ts';

/** What is made. */
export interface InitOptions {
  /** Absolute. */
  readonly folder: string;
  readonly system: string;
  readonly contract: string;
  /** Name of the environment variable with the address of the engineer's database; undefined: the system pushes its records. */
  readonly variable: string | undefined;
  readonly env: Environment;
  /** Origin of the registry. */
  readonly registry: string;
  /** Origin of the exchange, for who pushes. */
  readonly exchange?: string | undefined;
  /** Port that the system is to listen on. */
  readonly port: number;
  readonly facts: Pick<Registration, 'name' | 'nameEn' | 'owner' | 'ownerCode' | 'region'>;
  /** Lists as the province's systems know them, for the comments. */
  readonly codes: CodeLists;
}

/** What was made. */
export interface Initialised {
  readonly contracts: readonly string[];
  readonly tables: number;
  /** Each view, and the table that fills it; undefined: none was found. */
  readonly views: readonly {
    readonly view: string;
    readonly title: string;
    readonly table: string | undefined;
    readonly filled: number;
    readonly columns: number;
  }[];
}

/**
 * Makes the folder, or nothing at all.
 * @throws HubError CONFIG_INVALID (code, variable), CONTRACT_INVALID, DATABASE_UNREACHABLE, FOLDER_UNREADABLE.
 */
export async function initSystem(options: InitOptions): Promise<Initialised> {
  const { folder, system, variable, codes } = options;
  if (!isSystemCode(system)) throw wrongCode(system);
  const contract = contractOf(options.contract);
  const source = variable === undefined ? undefined : { variable, address: addressIn(options, variable) };
  await assertEmpty(folder);
  const tables = source === undefined ? [] : await inspectDatabase(source.address, source.variable);
  const entries = source === undefined ? [] : draftEntries(contract.datasets, tables);
  // What systems show of their trades is made from the trade's own records.
  const contracts = contract.partitioned && contract.name !== 'board' ? ['board', contract.name] : [contract.name];
  const key = createSigningKey();
  const settings: HubDocument = {
    version: 1,
    system,
    contracts,
    registry: options.registry,
    ...(options.exchange === undefined ? {} : { exchange: options.exchange }),
    keyFile: 'system-key.json',
    port: options.port,
    mapping: 'bridge.json',
  };
  const registration: Registration = {
    code: system,
    ...options.facts,
    platformCodes: [],
    coverageRegions: [options.facts.region],
    contracts,
    key: key.publicJwk,
  };
  const bridgeFiles = ({ variable: from, address }: { readonly variable: string; readonly address: string }) => {
    const kind = databaseKind(address, from);
    return [
      { name: 'bridge.json', text: json(draftMapping(entries, { system, kind, variable: from })) },
      { name: 'views.sql', text: draftViews({ entries, tables, kind, codes }) },
      { name: 'README.md', text: folderReadme({ system, name: options.facts.name, variable: from, kind }) },
    ];
  };
  await writeFolder(folder, [
    { name: hubFileName, text: json(settings) },
    ...(source === undefined ? [] : bridgeFiles(source)),
    { name: 'system-key.json', text: `${JSON.stringify(privateJwkOf(key))}\n`, secret: true },
    { name: registrationFileName, text: json(registration) },
    { name: '.gitignore', text: '.hub/\nsystem-key.json*\n' },
  ]);
  return {
    contracts,
    tables: tables.length,
    views: entries.map(({ view, title, table, columns }) => ({
      view,
      title,
      table: table === undefined ? undefined : `${table.schema}.${table.name}`,
      filled: columns.filter(({ from }) => from !== undefined).length,
      columns: columns.length,
    })),
  };
}

function contractOf(name: string): Contract {
  const held = law().contracts.flatMap(({ contract }) => (isHeldBySystems(contract) ? [contract] : []));
  const found = held.find((contract) => contract.name === name);
  if (found !== undefined) return found;
  const known = held.map((contract) => `${contract.name}（${contract.title}）`).join('、');
  throw new HubError('CONTRACT_INVALID', {
    zh: `没有契约 ${name}。可选：${known}。`,
    en: `There is no contract ${name}. Known: ${held.map((contract) => contract.name).join(', ')}.`,
  });
}

function addressIn({ env }: InitOptions, variable: string): string {
  const address = env[variable];
  if (/^[A-Z][A-Z0-9_]*$/.test(variable) && address !== undefined && address !== '') return address;
  throw new HubError('CONFIG_INVALID', {
    zh:
      `--database-from 要写环境变量的名称，该变量中是库的地址，如 CITY_DB；现在没有设置 ${variable.includes('://') ? '（请勿把地址写在命令行上）' : variable}。` +
      '例：export CITY_DB=postgres://用户:密码@主机:端口/库名。',
    en: 'The option --database-from names the environment variable that holds the address of the database, such as CITY_DB; it is not set.',
  });
}

function wrongCode(code: string): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: `系统代码 ${code} 不可用：以小写字母开头，只含小写字母、数字、连字符，至多 63 个。`,
    en: `The code ${code} cannot be used: lower-case letters, digits and hyphens, 63 at most, a letter first.`,
  });
}

function json(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
