/**
 * `npm run verify -- FOLDER`: verifies a folder of stored pages offline. The report goes to stdout, progress to stderr.
 * Exit code 0: everything holds; 1: something does not; 2: it could not be verified.
 * @see schema/PROTOCOL.md «Proof»
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { HubError, readSm2PublicKeys, type Sm2PublicKey } from '@hub/schema';
import { type Fault, faultLine, faultTexts, verifyFolder } from '@hub/verifier';
import { Command, CommanderError } from 'commander';

import { failureLine, usageLine } from './failure-line.ts';
import { Ticker } from './ticker.ts';
import { summaryLines, type Verification, verdictOf } from './verify-summary.ts';

interface Given {
  readonly key?: string;
  readonly format: string;
  readonly most: string;
}

const program = new Command('verify')
  .description('离线核对存证文件夹：不联网，不用数据库。Verifies a proof folder offline: no network, no database.')
  .helpOption('-h, --help', '显示用法 shows this help')
  .argument('<folder>', '存证文件夹 the folder')
  .option(
    '--key <file>',
    '另行取得的签名者公钥（PEM，可有多把）；不写则相信文件夹里的公钥 public keys of the signer had from elsewhere (PEM, one or several); default the folder’s own',
  )
  .option('--format <form>', '报告形式 form of the report: text | json', 'text')
  .option('--most <count>', '最多列出多少处，其余只计数 how many faults are told; the others are counted', '1000')
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .action(verify);

try {
  await program.parseAsync();
} catch (cause) {
  const isUsage = cause instanceof CommanderError;
  const line = isUsage ? usageLine(cause, 'npm run verify') : failureLine(cause);
  if (line !== undefined) console.error(line);
  process.exitCode = isUsage && cause.exitCode === 0 ? 0 : 2;
}

async function verify(folder: string, { key, format, most }: Given): Promise<void> {
  const atMost = Number(most);
  if ((format !== 'text' && format !== 'json') || !Number.isSafeInteger(atMost) || atMost < 0) throw wrongOption();
  const expected = key === undefined ? undefined : await readKeys(key);
  const ticker = new Ticker({ firstMs: 1_000, everyMs: process.stderr.isTTY ? 1_000 : 10_000 });
  const faults: Fault[] = [];
  let faultCount = 0;
  const verified = await verifyFolder(resolve(callerFolder(), folder), {
    expected,
    onFault(fault) {
      faultCount++;
      if (faultCount > atMost) return;
      if (format === 'json') faults.push(fault);
      else console.log(faultLine(fault));
    },
    onProgress({ records, of }) {
      if (!ticker.isDue(performance.now())) return;
      const share = of === 0 ? '' : ` ${Math.floor((records / of) * 100)}%`;
      console.error(`… 已核对 ${records} 条${share}  ${records} records verified${share}`);
    },
  });
  const verification: Verification = { ...verified, pinned: expected !== undefined, faultCount };
  if (format === 'text') console.log(summaryLines(verification, atMost).join('\n'));
  else {
    const told = faults.map((fault) => ({ ...fault, messageZh: faultTexts[fault.code].zh, messageEn: faultTexts[fault.code].en }));
    console.log(JSON.stringify({ version: 1, kind: 'verification', verdict: verdictOf(verification), ...verification, faults: told }));
  }
  process.exitCode = faultCount === 0 ? 0 : 1;
}

async function readKeys(file: string): Promise<readonly Sm2PublicKey[]> {
  const keys = readSm2PublicKeys(await textOf(file));
  if (keys !== undefined) return keys;
  throw new HubError('CONFIG_INVALID', { zh: `${file} 不是 SM2 公钥（PEM）。`, en: `${file} is no SM2 public key (PEM).` });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(resolve(callerFolder(), file), 'utf8');
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', { zh: `读不到公钥文件 ${file}。`, en: `The key file ${file} cannot be read.`, cause });
  }
}

/** npm runs a script in the repository's folder, and says where it was called. */
function callerFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

function wrongOption(): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: '--format 应为 text 或 json，--most 应为不小于零的整数。',
    en: '--format is text or json, --most a whole number from zero on.',
  });
}
