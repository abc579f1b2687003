/**
 * `npm run pull -- --from URL --key FILE --database URL | --folder DIR`: the reference consumer. The report goes to stdout,
 * progress to stderr. Exit code 0: everything is there and holds; 1: something differs; 2: it could not be done.
 * @see subgraphs/consumer; schema/PROTOCOL.md «The hub's feed»
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { openHub, openPostgresStore, openSigner, pull, reconcile, RootsDiffer, writeFolder } from '@hub/consumer';
import { HubError, readSm2PublicKeys, type Sm2PublicKey } from '@hub/schema';
import { Command, CommanderError } from 'commander';

import { failureLine, usageLine } from './failure-line.ts';
import { foundLines, folderLines, pulledLines } from './pull-summary.ts';
import { Ticker } from './ticker.ts';

interface Given {
  readonly from: string;
  readonly key: string;
  readonly signer?: string;
  readonly database?: string;
  readonly folder?: string;
  readonly reconcile?: true;
}

const program = new Command('pull')
  .description('国家系统一方的参考程序：取枢纽的数据流，核对、保存、回执、对账。Pulls the hub’s feed: checks, keeps, confirms, reconciles.')
  .helpOption('-h, --help', '显示用法 shows this help')
  .requiredOption('--from <url>', '枢纽的数据交换地址 address of the hub’s exchange, https://hub.example:4002')
  .requiredOption('--key <file>', '国家系统的签名私钥（JWK，Ed25519） private signing key of the national system')
  .option(
    '--signer <file>',
    '另行取得的存证公钥（PEM，可有多把），从此只信这些；不写则第一次给出的从此固定 keys of the statements had from elsewhere, alone believed from then on; default those first offered',
  )
  .option('--database <url>', '存入这个 PostgreSQL 数据库 keeps it in this database')
  .option('--folder <dir>', '写成存证文件夹，可用 npm run verify 离线核对 writes a proof folder')
  .option(
    '--reconcile',
    '与枢纽逐层对账，指出不同的记录；枢纽换了世代的，把它没有的移到一旁，从相同处接着取 compares with the hub and names what differs; where the hub has a new epoch, sets aside what it lacks and goes on from where both agree',
  )
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .action(run);

try {
  await program.parseAsync();
} catch (cause) {
  const isUsage = cause instanceof CommanderError;
  const line = isUsage ? usageLine(cause, 'npm run pull') : failureLine(cause);
  if (line !== undefined) console.error(line);
  process.exitCode = isUsage && cause.exitCode === 0 ? 0 : cause instanceof RootsDiffer ? 1 : 2;
}

async function run({ from, key, signer: signerFile, database, folder, reconcile: compares }: Given): Promise<void> {
  if ((database === undefined && folder === undefined) || (compares === true && database === undefined)) throw nowhere();
  if (!URL.canParse(from)) throw new HubError('CONFIG_INVALID', { zh: `${from} 不是地址。`, en: `${from} is no address.` });
  const signers = signerFile === undefined ? undefined : await readKeys(signerFile);
  const hub = openHub({ url: from, signer: openSigner(parsed(await textOf(key)), { issuer: 'nation', audience: 'exchange' }) });
  const ticker = new Ticker({ firstMs: 1_000, everyMs: process.stderr.isTTY ? 1_000 : 10_000 });
  const onProgress = ({ position, head }: { readonly position: number; readonly head: number }): void => {
    if (ticker.isDue(performance.now())) console.error(`… 已取到位置 ${position}，共 ${head}  position ${position} of ${head}`);
  };
  if (database === undefined) {
    console.log(folderLines(await writeFolder(resolve(callerFolder(), folder ?? ''), { hub, signers, onProgress }), signers).join('\n'));
    return;
  }
  await using store = await openPostgresStore(database);
  if (compares === true) {
    const found = await reconcile({ hub, store, signers });
    console.log(foundLines(found).join('\n'));
    process.exitCode = found === undefined || (found.complete && found.differences.length + found.setAside === 0) ? 0 : 1;
    return;
  }
  const outcome = await pull({ hub, store, signers, onProgress });
  console.log(pulledLines(outcome, signers).join('\n'));
  if (folder === undefined) return;
  const linesOf = (range: { readonly from: number; readonly to: number }): AsyncIterable<Buffer> => store.linesOf(range);
  console.log(
    folderLines(await writeFolder(resolve(callerFolder(), folder), { hub, signers: outcome.signers, linesOf, onProgress }), signers).join(
      '\n',
    ),
  );
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
    throw new HubError('CONFIG_INVALID', { zh: `读不到密钥文件 ${file}。`, en: `The key file ${file} cannot be read.`, cause });
  }
}

// What JSON.parse says of a fault quotes the text, and the text is the key.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** npm runs a script in the repository's folder, and says where it was called. */
function callerFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

function nowhere(): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: '请用 --database 或 --folder 说明存到哪里；--reconcile 须有 --database。',
    en: 'Say where to keep it by --database or --folder; --reconcile needs --database.',
  });
}
