/**
 * `npm run bridge -- check|run --mapping FILE`: shows what a mapping does with a foreign source, and brings its records into
 * the store. Works beside a running hub as well as without one.
 * @see subgraphs/bridge/README.md
 */
import { dirname, resolve } from 'node:path';

import {
  type BridgeCount,
  type EntryCheck,
  type Mapping,
  type RowFinding,
  checkBridge,
  checkCodes,
  readMapping,
  runBridge,
} from '@hub/bridge';
import { claimProvince, openProvinceFolder, openStore, provinceCodes } from '@hub/kit';
import { createLog, createShutdown, findHubFolder, openDatabase, readConfig, systemClock } from '@hub/kit/process';
import { type Province, type SystemRow, HubError, isHeldBySystems, law } from '@hub/schema';
import { systemRows } from '@hub/trading';

import { failureLine } from './failure-line.ts';
import { callerFolder } from './system/caller-folder.ts';
import { openSystemFolder } from './system/system-folder.ts';

/** Usually `process.env`. */
type Environment = Readonly<Record<string, string | undefined>>;

/** `check`, read. */
export interface CheckCommand {
  readonly mapping?: string;
  readonly rows: string;
  readonly format: string;
  readonly env: Environment;
}

/** `run`, read. */
export interface RunCommand {
  readonly mapping?: string;
  readonly once: boolean;
  readonly interval: string;
  readonly withdrawMany: boolean;
  readonly env: Environment;
}

const poolSize = 4;
const databaseDeadlineMs = 30_000;
const progressMs = 2000;
/** What a person reads of one run; the rest is counted. */
const mostShown = 100;

/**
 * Exit code 0: everything maps; 1: something does not; 2: it could not be checked.
 */
export async function check({ mapping: given, rows, format, env }: CheckCommand): Promise<void> {
  try {
    const { mapping, province, home, system } = await open(given, env);
    const sampleRows = wholeNumber('--rows', rows);
    const checks = await checkBridge({
      mapping,
      home,
      system,
      codes: provinceCodes(province),
      env,
      sampleRows,
      nowMs: () => systemClock.nowMs(),
    });
    if (format === 'json')
      console.log(JSON.stringify({ version: 1, bridge: mapping.bridge, system: mapping.system, entries: checks }, undefined, 2));
    else for (const line of checks.flatMap(checkLines)) console.log(line);
    if (checks.some(hasFaults)) process.exitCode = 1;
  } catch (cause) {
    console.error(failureLine(cause));
    process.exitCode = 2;
  }
}

/**
 * Runs the bridge: one round with `--once`, else until it is ended. With `--once`, refused rows make the exit code 1.
 * @throws HubError as `runBridge`, and as opening the database does.
 */
export async function run({ mapping: given, once, interval, withdrawMany, env }: RunCommand): Promise<void> {
  const config = readConfig(env);
  const log = createLog('bridge', config.logLevel);
  const intervalMs = once ? undefined : wholeNumber('--interval', interval) * 1000;
  await using shutdown = createShutdown({ onFault: (name, cause) => log.error({ err: cause }, `${name} did not close`) });
  const { mapping, province, home, system } = await open(given, env);
  const database = await openDatabase({ ...config, beside: true, existing: true });
  shutdown.defer('database', () => database.close(), databaseDeadlineMs);
  const contracts = law().contracts.flatMap(({ contract }) => (isHeldBySystems(contract) ? [contract] : []));
  const store = await openStore({ url: database.url, contracts, poolSize, existing: true });
  shutdown.defer('store', () => store[Symbol.asyncDispose]());
  await claimProvince(store, province);
  const ended = Promise.withResolvers<void>();
  // Registered last, so that the round under way ends before the database is closed.
  shutdown.defer('round', () => ended.promise, databaseDeadlineMs);
  const shown = { lines: 0, atMs: 0 };
  try {
    const count = await runBridge(
      {
        mapping,
        target: { store, system, codes: provinceCodes(province) },
        nowMs: () => systemClock.nowMs(),
        signal: shutdown.signal,
        withdrawMany,
        onFinding: (finding) => {
          shown.lines += 1;
          if (shown.lines <= mostShown) console.log(findingLine(finding));
          else if (shown.lines === mostShown + 1)
            console.log('… 其余不再逐条列出，check 可见全部  further ones are counted only; check shows all');
        },
        onProgress: (entry, count) => {
          if (systemClock.nowMs() - shown.atMs < progressMs) return;
          shown.atMs = systemClock.nowMs();
          console.error(`… ${entry}：已读 ${count.read}，入库 ${count.stored}  ${count.read} read, ${count.stored} stored`);
        },
      },
      {
        env,
        home,
        intervalMs,
        onRound: (count) => {
          shown.lines = 0;
          console.log(countLine(count));
        },
        onFailure: (fault, againMs) =>
          console.error(`${failureLine(fault)}  ${Math.round(againMs / 1000)} 秒后再试 trying again in ${Math.round(againMs / 1000)} s`),
      },
    );
    if (once && count.refused > 0) process.exitCode = 1;
  } finally {
    ended.resolve();
  }
}

interface Opened {
  readonly mapping: Mapping;
  readonly province: Province;
  readonly system: SystemRow;
  /** Folder of the mapping file. */
  readonly home: string;
}

/** Without a file: the mapping of the system's folder around where the command was called. */
async function open(file: string | undefined, env: Environment): Promise<Opened> {
  const here = callerFolder(env);
  const path = file === undefined ? (await openSystemFolder(undefined, env)).settings.mapping : resolve(here, file);
  const mapping = await readMapping(path);
  const { province } = await openProvinceFolder(readConfig(env).provinceDir);
  const home = dirname(path);
  return { mapping, province, home, system: await systemOf(mapping, province, { home, env }) };
}

/** A system that has a folder of its own says itself what it is; the others stand in the province's list. */
async function systemOf(
  { system: code }: Mapping,
  province: Province,
  { home, env }: { readonly home: string; readonly env: Environment },
): Promise<SystemRow> {
  const folder = findHubFolder(home);
  const own = folder === undefined ? undefined : (await openSystemFolder(folder, env)).row;
  if (own?.code === code) return own;
  const [row] = systemRows(province, [code]);
  if (row === undefined) throw new TypeError('a code that is not listed is refused');
  return row;
}

function wholeNumber(flag: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new HubError('CONFIG_INVALID', { zh: `${flag} 应为 1–999999 的整数。`, en: `${flag} must be a whole number from 1 to 999999.` });
}

function hasFaults({ findings, rows }: EntryCheck): boolean {
  return rows.refused > 0 || findings.some(({ severity }) => severity === 'refusal');
}

function checkLines({ entry, dataset, title, from, fields, findings, rows, rowFindings }: EntryCheck): readonly string[] {
  const { read, good, warned, refused } = rows;
  return [
    `■ ${entry}${entry === dataset ? '' : ` (${dataset})`} ${title} ← ${from}`,
    ...fields.map(({ code, title: name, from: columns, filled }) => `  ${code} ${name} ← ${columns.join(' / ')}  ${filled}/${read}`),
    ...findings.map(({ code, severity, about }) => `  ${sign(severity)} ${code} ${about} ${checkCodes[code].zh}  ${checkCodes[code].en}`),
    ...rowFindings.map((finding) => `  ${findingLine(finding)}`),
    `  抽样 ${read} 行：可入库 ${good}（其中有质量问题 ${warned}），拒收 ${refused}。  ${read} rows looked at: ${good} good (${warned} with warnings), ${refused} refused.`,
  ];
}

/** @returns One line about one row: where, which rule, what it says. */
export function findingLine({ entry, row, field, severity, rule, value, messageZh, messageEn }: RowFinding): string {
  const place = [entry, field].filter((word) => word !== '').join('.');
  const shown = value === undefined ? '' : `「${value}」`;
  return [sign(severity), `${place} [${row}]`, rule, shown, messageZh, messageEn].filter((word) => word !== '').join(' ');
}

function sign(severity: 'refusal' | 'warning'): string {
  return severity === 'refusal' ? '✗' : '!';
}

function countLine({ read, stored, withdrawn, unchanged, refused, warned }: BridgeCount): string {
  return (
    `读取 ${read}：入库 ${stored}，撤销 ${withdrawn}，未变 ${unchanged}，拒收 ${refused}；入库中有质量问题 ${warned}。  ` +
    `${read} read: ${stored} stored, ${withdrawn} withdrawn, ${unchanged} unchanged, ${refused} refused; ${warned} stored with warnings.`
  );
}
