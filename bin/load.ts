/**
 * `npm run load -- --system CODE FILE…`: stores the good records of the files, and tells every fault of the bad ones.
 * Works beside a running hub as well as without one.
 */
import { resolve } from 'node:path';

import { checkWireFiles, claimProvince, openProvinceFolder, openStore, provinceCodes } from '@hub/kit';
import {
  createLog,
  createShutdown,
  databasePlace,
  type HubConfig,
  instantOf,
  openDatabase,
  readConfig,
  systemClock,
} from '@hub/kit/process';
import { type Contract, isHeldBySystems, law } from '@hub/schema';
import { loadFiles, type LoadCount, type Reported, systemRows } from '@hub/trading';

/** The command line, read. */
export interface LoadCommand {
  readonly system: string;
  readonly files: readonly string[];
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const poolSize = 4;
const databaseDeadlineMs = 30_000;

/**
 * Loads the files one after the other, when all of them can be read; a record that is refused, and a file that holds none,
 * makes the command's exit code 1.
 * @throws HubError SYSTEM_UNKNOWN; FOLDER_UNREADABLE; DATABASE_UNREACHABLE; CONFIG_INVALID, also when no hub was ever started
 *   on this database or its records are another province's.
 */
export async function load({ system, files, env }: LoadCommand): Promise<void> {
  const config = readConfig(env);
  const log = createLog('load', config.logLevel);
  await using shutdown = createShutdown({ onFault: (name, cause) => log.error({ err: cause }, `${name} did not close`) });
  const { province } = await openProvinceFolder(config.provinceDir);
  const rows = systemRows(province, [system]);
  const given = new Map(files.map((file) => [resolve(callerFolder(env), file), file]));
  await checkWireFiles([...given.keys()]);
  const database = await openDatabase({ ...config, beside: true, existing: true });
  shutdown.defer('database', () => database.close(), databaseDeadlineMs);
  const contracts = law().contracts.map(({ contract }) => contract);
  const names = fieldNames(contracts);
  const stored = contracts.filter(isHeldBySystems);
  const store = await openStore({ url: database.url, contracts: stored, poolSize, existing: true });
  shutdown.defer('store', () => store[Symbol.asyncDispose]());
  await claimProvince(store, province);
  for (const row of rows) {
    const count = await loadFiles(
      { store, system: row, codes: provinceCodes(province) },
      {
        files: [...given.keys()],
        receivedAt: () => instantOf(systemClock),
        onViolation: (violation) => console.log(violationLine({ ...violation, file: given.get(violation.file) ?? violation.file }, names)),
        onProgress: (file, sofar) => console.error(`… ${given.get(file) ?? file}：已读 ${sofar.read} 条 read`),
      },
    );
    console.log(`${countLine(count)} → ${placeOf(config)}`);
    if (count.refused > 0 || count.spoilt > 0) process.exitCode = 1;
  }
}

/** Where it went, without user and password: a folder other than the running hub's is easily taken by mistake. */
function placeOf({ databaseUrl, dataDir }: HubConfig): string {
  return databaseUrl === undefined ? dataDir : databasePlace(databaseUrl);
}

/** Where the caller stands: npm runs a script in the repository's folder, and says where it was called. */
function callerFolder(env: LoadCommand['env']): string {
  return env['INIT_CWD'] ?? process.cwd();
}

type FieldNames = ReadonlyMap<string, string>;

/** `DATASET.WIRE_CODE` → the field's Chinese name; of a field made of several wire fields, the first has its name. */
function fieldNames(contracts: readonly Contract[]): FieldNames {
  const named = contracts.flatMap(({ datasets }) =>
    datasets.flatMap((dataset) =>
      dataset.fields.map(
        ({ description, wire: [first] }) => [`${dataset.code}.${first?.code ?? ''}`, /^[^：；。，]*/.exec(description)?.[0] ?? ''] as const,
      ),
    ),
  );
  return new Map(named);
}

function violationLine({ file, line, dataset, field, rule, severity, value, messageZh, messageEn }: Reported, names: FieldNames): string {
  const sign = severity === 'refusal' ? '✗' : '!';
  const where = [dataset, field].filter((part) => part !== '').join('.');
  const shown = value === undefined ? '' : `「${value}」`;
  const words = [sign, `${file}:${line}`, where, rule, names.get(where) ?? '', shown, messageZh, messageEn];
  return words.filter((word) => word !== '').join(' ');
}

function countLine({ read, stored, withdrawn, unchanged, superseded, refused, warned, spoilt }: LoadCount): string {
  return (
    `读取 ${read} 条：入库 ${stored}，撤销 ${withdrawn}，未变 ${unchanged}，已有更新版本 ${superseded}，拒收 ${refused}；` +
    `入库中有质量问题 ${warned} 条${spoilt > 0 ? `；文件本身有问题 ${spoilt} 处` : ''}。  ` +
    `${read} read: ${stored} stored, ${withdrawn} withdrawn, ${unchanged} unchanged, ${superseded} superseded, ${refused} refused; ` +
    `${warned} stored with warnings${spoilt > 0 ? `; ${spoilt} faults of the files themselves` : ''}.`
  );
}
