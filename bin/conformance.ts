/**
 * `npm run conformance -- --url URL`: runs the conformance suite against one endpoint. The report goes to stdout or a file,
 * progress to stderr. Exit code 0: conformant; 1: a MUST failed; 2: it could not be run or there was nothing to judge.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { type Report, isReportForm, keySigner, reportForms, resultLine, runSuite } from '@hub/conformance';
import { HubError } from '@hub/schema';
import { Command, CommanderError } from 'commander';

import { failureLine, usageLine } from './failure-line.ts';

interface Given {
  readonly url: string;
  readonly system?: string;
  readonly contract?: readonly string[];
  readonly key?: string;
  readonly format: string;
  readonly out?: string;
  readonly only?: string;
}

const program = new Command('conformance')
  .description('对任一端点作合规检查，只问不写。Audits any endpoint; it only asks, never writes.')
  .helpOption('-h, --help', '显示用法 shows this help')
  .requiredOption('--url <url>', '端点地址 address of the endpoint')
  .option('--system <code>', '系统代码；不写则以端点自己所说为准 code of the system; default what the endpoint says')
  .option('--contract <names...>', '应当提供的契约；不写则看端点提供哪些 contracts it is held to; default those it serves')
  .option('--key <file>', '签名用的私钥（JWK 文件），检查签名时须有 private key (JWK) that signs; needed to audit signatures')
  .option('--format <form>', `报告形式 form of the report: ${Object.keys(reportForms).join(' | ')}`, 'text')
  .option('--out <file>', '报告写入文件，不写则到标准输出 file for the report; default stdout')
  .option('--only <ids>', '只查这些编号或类别，以逗号分隔 only these ids or families, separated by commas')
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .action(audit);

try {
  await program.parseAsync();
} catch (cause) {
  const isUsage = cause instanceof CommanderError;
  const line = isUsage ? usageLine(cause, 'npm run conformance') : failureLine(cause);
  if (line !== undefined) console.error(line);
  process.exitCode = isUsage && cause.exitCode === 0 ? 0 : 2;
}

async function audit({ url, system, contract, key, format, out, only }: Given): Promise<void> {
  if (!isReportForm(format)) {
    const known = Object.keys(reportForms).join(', ');
    throw new HubError('CONFIG_INVALID', {
      zh: `没有报告形式 ${format}，应为 ${known}。`,
      en: `There is no form ${format}; expected ${known}.`,
    });
  }
  if (key !== undefined && system === undefined) {
    throw new HubError('CONFIG_INVALID', {
      zh: '签名须知对方是谁：--key 要与 --system 一起用。',
      en: 'A signature names whom it is for: give --system with --key.',
    });
  }
  const signer = key === undefined || system === undefined ? undefined : await keySigner(await readKeyFile(key), system);
  const report = await runSuite({
    url,
    system,
    contracts: contract,
    signer,
    only: only?.split(',').map((id) => id.trim()),
    onProgress: ({ audit: { id }, at, of, result }) => {
      if (result !== undefined) console.error(`[${at}/${of}] ${resultLine(result)}`);
      else if (process.stderr.isTTY) console.error(`[${at}/${of}] … ${id}`);
    },
  });
  const text = reportForms[format](report);
  if (out === undefined) process.stdout.write(text);
  else await writeFile(resolve(callerFolder(), out), text);
  process.exitCode = exitCodeOf(report);
}

function exitCodeOf({ verdict }: Report): number {
  return { CONFORMANT: 0, NOT_CONFORMANT: 1, NOT_JUDGED: 2 }[verdict];
}

/** npm runs a script in the repository's folder, and says where it was called. */
function callerFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(resolve(callerFolder(), file), 'utf8');
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', { zh: `读不到密钥文件 ${file}。`, en: `The key file ${file} cannot be read.`, cause });
  }
}
