/**
 * Runs the conformance suite against one endpoint, for `hub conformance run` and `npm run conformance`. The report goes to stdout
 * or a file, progress to stderr. Exit code 0: conformant; 1: a MUST failed; 2: it could not be run or there was nothing to judge.
 * @see tests/conformance/suite/README.md
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { type Report, isReportForm, keySigner, reportForms, resultLine, runSuite } from '@hub/conformance';
import { exchangeIssuer, findHubFolder, readHubFile } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import type { ConformanceFlags } from './conformance-options.ts';

/**
 * @param folder - Where it was called.
 * @returns The exit code.
 * @throws HubError as `runSuite` does, and CONFIG_INVALID, FOLDER_UNREADABLE for wrong options.
 */
export async function runConformance(flags: ConformanceFlags, folder: string): Promise<0 | 1 | 2> {
  const { url, system, contract, key, exchangeKey, format, out, only } = await completed(flags, folder);
  if (!isReportForm(format)) {
    const known = Object.keys(reportForms).join(', ');
    throw invalid(`没有报告形式 ${format}，应为 ${known}。`, `There is no form ${format}; expected ${known}.`);
  }
  if (url === undefined) {
    throw invalid('缺少 --url：不在有 hub.json 的目录里时须写端点地址。', 'Give --url, or run this in a folder with hub.json.');
  }
  if ((key ?? exchangeKey) !== undefined && system === undefined) {
    throw invalid('签名须知对方是谁：--key 要与 --system 一起用。', 'A signature names whom it is for: give --system with --key.');
  }
  const signer = key === undefined || system === undefined ? undefined : await keySigner(await readKeyFile(resolve(folder, key)), system);
  const exchangeSigner =
    exchangeKey === undefined || system === undefined
      ? undefined
      : await keySigner(await readKeyFile(resolve(folder, exchangeKey)), system, exchangeIssuer);
  const report = await runSuite({
    url,
    system,
    contracts: contract,
    signer,
    exchangeSigner,
    only: only?.split(',').map((id) => id.trim()),
    onProgress: ({ audit: { id }, at, of, result }) => {
      if (result !== undefined) console.error(`[${at}/${of}] ${resultLine(result)}`);
      else if (process.stderr.isTTY) console.error(`[${at}/${of}] … ${id}`);
    },
  });
  const text = reportForms[format](report);
  if (out === undefined) process.stdout.write(text);
  else await writeFile(resolve(folder, out), text);
  return exitCodeOf(report);
}

/** What is not said is taken from the folder's `hub.json`, and the key of its local province's gateway. */
async function completed(flags: ConformanceFlags, folder: string): Promise<ConformanceFlags> {
  const home = flags.url === undefined ? findHubFolder(folder) : undefined;
  if (home === undefined) return flags;
  const { system, contracts, port } = await readHubFile(home);
  const local = (name: string): string => join(home, '.hub', 'dev', name);
  const [localKey, localExchange] = [local('gateway-key.json'), local('exchange-key.json')];
  const known = { url: `http://127.0.0.1:${port}/graphql`, system, contract: contracts };
  return {
    ...known,
    ...(existsSync(localKey) ? { key: localKey } : {}),
    ...(existsSync(localExchange) ? { exchangeKey: localExchange } : {}),
    ...flags,
  };
}

function exitCodeOf({ verdict }: Report): 0 | 1 | 2 {
  return ({ CONFORMANT: 0, NOT_CONFORMANT: 1, NOT_JUDGED: 2 } as const)[verdict];
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', { zh: `读不到密钥文件 ${file}。`, en: `The key file ${file} cannot be read.`, cause });
  }
}

function invalid(zh: string, en: string): HubError {
  return new HubError('CONFIG_INVALID', { zh, en });
}
