/**
 * The command line: what each command is called, what it takes, and how it fails. A command's code is read when it is called.
 */
import cluster from 'node:cluster';

import { exchangeCommands } from '@hub/exchange/cli';
import { exitCodeOf, registryCommands } from '@hub/registry/cli';
import { Command, CommanderError, Option } from 'commander';

import { failureLine, hubUsageLine, usageLine } from './failure-line.ts';
import { type ConformanceFlags, withConformanceOptions } from './conformance-options.ts';
import type { InitCommand } from './system/init.ts';
import { processTerminal, ReaderLeft } from './terminal.ts';

const program = new Command('hub')
  .description('一省公共资源交易，一张图。One province’s trading systems as one graph.')
  .helpCommand(false)
  .helpOption('-h, --help', '显示用法 shows this help')
  // What is wrong with a command line is told below, in both languages.
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .hook('preAction', async () => {
    // Its supervisor has told.
    if (cluster.isWorker) return;
    const warning = (await import('@hub/kit/process')).unknownSettingsLine(process.env);
    if (warning !== undefined) console.error(warning);
  });

program
  .command('start')
  .description('启动数据库、交易系统与网关。Starts database, trading systems and gateway.')
  .option(
    '--scale <n>',
    '首次导入的演示数据倍数，0 为不要演示数据，同 HUB_SCALE multiplies the demonstration data of a first start, 0 for none, as HUB_SCALE does',
  )
  .option('--without <codes>', '让这些系统停机，代码以逗号分隔，以观察缺席时的答案 leaves these systems down, codes separated by commas')
  .action(async (given: { readonly scale?: string; readonly without?: string }) =>
    (await import('./start/start.ts')).start({ ...given, env: process.env }),
  );

program
  .command('gateway')
  .description('仅启动网关，任何超图都可以。The gateway alone, on any supergraph.')
  .usage('--supergraph 文件或网址 FILE|URL [--port 端口 N]')
  .allowUnknownOption()
  .allowExcessArguments()
  .action(async (_options: unknown, command: Command) => (await import('@hub/gateway/main')).runGateway(command.args, process.env));

program
  .command('load')
  .description('按标准报文格式导入数据（XML 或 JSON 行）。Loads records in the standard’s wire form.')
  .requiredOption('--system <code>', '交易系统代码 code of the system')
  .argument('<files...>', '文件 files')
  .action(async (files: readonly string[], { system }: { readonly system: string }) => {
    // Reading the program and opening the database take seconds: nobody is left without a word.
    console.error(`… 向系统 ${system} 导入 ${files.length} 个文件  Loading ${files.length} files into ${system}`);
    await (await import('./load.ts')).load({ system, files, env: process.env });
  });

program
  .command('init')
  .description('为自己的库建立一个交易系统的目录：设置、映射、视图、密钥。A new system’s folder over your own database.')
  .argument('<folder>', '新目录 the new folder')
  .requiredOption('--system <code>', '系统代码，永不更改 code of the system, never changed')
  .requiredOption('--contract <name>', '契约，如 board contract whose datasets it publishes')
  .option(
    '--database-from <variable>',
    '哪个环境变量中是库的地址（postgres:// 或 mysql://），只读；不写为靠报送的系统 variable with the address of your database, only read; without it the system pushes',
  )
  .option('--registry <url>', '登记处，同 HUB_REGISTRY_URL registry')
  .option('--exchange <url>', '数据交换，同 HUB_EXCHANGE_URL exchange')
  .option('--port <n>', '本系统监听的端口 port it listens on', '4100')
  .option('--name <text>', '名称 its name')
  .option('--name-en <text>', '英文名称 its English name')
  .option('--owner <text>', '运营单位 its owner')
  .option('--owner-code <code>', '运营单位统一社会信用代码 credit code of the owner')
  .option('--region <code>', '所在地行政区划代码，6 位 GB/T 2260 code of its home')
  .action(async (folder: string, given: Omit<InitCommand, 'folder' | 'env'>) =>
    (await import('./system/init.ts')).init({ ...given, folder, env: process.env }),
  );

program
  .command('serve')
  .description('正式运行一个交易系统：跟进来源，只答受信任的网关。Runs a system in service: follows its source, answers trusted gateways.')
  .argument('[folder]', 'hub.json 所在的目录，默认为当前目录或其上级 folder with hub.json; default here or above')
  .option('--port <n>', '端口，默认为 hub.json 的 port port; default that of hub.json')
  .option('--interval <seconds>', '两轮读取之间的秒数 seconds between two rounds', '60')
  .option('--withdraw-many', '来源少了很多行也照样撤销 withdraws however many rows are gone', false)
  .action(
    async (folder: string | undefined, given: { readonly port?: string; readonly interval: string; readonly withdrawMany: boolean }) =>
      (await import('./system/serve.ts')).serve({ ...given, folder, env: process.env }),
  );

program
  .command('dev')
  .description('在本机的省里试运行一个交易系统。Tries a system in a province on this machine.')
  .argument('[folder]', 'hub.json 所在的目录，默认为当前目录或其上级 folder with hub.json; default here or above')
  .option('--port <n>', '网关的端口，同 HUB_PORT port of the gateway, as HUB_PORT')
  .option('--interval <seconds>', '多少秒看一次视图与映射 seconds between two looks', '3')
  .action(async (folder: string | undefined, given: { readonly port?: string; readonly interval: string }) =>
    (await import('./system/dev.ts')).dev({ ...given, folder, env: process.env }),
  );

const bridge = program
  .command('bridge')
  .description('为没有 GraphQL 的系统发布数据。Publishes systems that have no GraphQL.')
  .helpCommand(false);

bridge
  .command('check')
  .description('逐行检查映射，不写入任何数据。Shows row by row what maps; stores nothing.')
  .option('--mapping <file>', '映射文件，默认为 hub.json 所指的 the mapping; default that of hub.json')
  .option('--rows <n>', '每个数据集抽样的行数 rows looked at of each dataset', '100')
  .addOption(new Option('--format <form>', '输出格式 form of the output').choices(['text', 'json']).default('text'))
  .action(async (given: { readonly mapping?: string; readonly rows: string; readonly format: string }) =>
    (await import('./bridge.ts')).check({ ...given, env: process.env }),
  );

bridge
  .command('run')
  .description('读取来源并入库；不加 --once 则持续跟进。Reads the source and stores; follows it without --once.')
  .option('--mapping <file>', '映射文件，默认为 hub.json 所指的 the mapping; default that of hub.json')
  .option('--once', '只读一轮 one round only', false)
  .option('--interval <seconds>', '两轮之间的秒数 seconds between two rounds', '60')
  .option('--withdraw-many', '来源少了很多行也照样撤销 withdraws however many rows are gone', false)
  .action(
    async (given: { readonly mapping?: string; readonly once: boolean; readonly interval: string; readonly withdrawMany: boolean }) => {
      console.error(`… 桥接 ${given.mapping ?? 'hub.json'}  Bridge ${given.mapping ?? 'hub.json'}`);
      await (await import('./bridge.ts')).run({ ...given, env: process.env });
    },
  );

const terminal = processTerminal(process.env);
const explanations = async () => (await import('./explanations.ts')).ownExplanations();
const asking = [...registryCommands(terminal, { explanations }), exchangeCommands(terminal), conformanceCommand()];
for (const command of asking) inherit(program.addCommand(command), command);

try {
  await program.parseAsync();
} catch (cause) {
  const called = program.commands.find((command) => command.name() === process.argv[2]);
  const isAsking = called === undefined || asking.includes(called);
  if (cause instanceof ReaderLeft) {
    // Nobody is there to be told.
  } else if (cause instanceof CommanderError) {
    const line = isAsking ? hubUsageLine(cause, commandWords()) : usageLine(cause);
    if (line !== undefined) console.error(line);
    process.exitCode = isAsking && cause.exitCode !== 0 ? 2 : cause.exitCode;
  } else {
    console.error(failureLine(cause));
    if (/^(debug|trace)$/.test(process.env['HUB_LOG_LEVEL'] ?? '')) console.error(cause);
    process.exitCode = isAsking ? exitCodeOf(cause) : 1;
  }
}

/** The suite's own code is read when it is called: its options are not. */
function conformanceCommand(): Command {
  const noun = new Command('conformance').description('合规检查。The conformance suite.').helpCommand(false);
  const run = new Command('run').description('对任一端点作合规检查，只问不写。Audits any endpoint; it only asks, never writes.');
  withConformanceOptions(run).action(async (flags: ConformanceFlags) => {
    process.exitCode = await (await import('./run-conformance.ts')).runConformance(flags, terminal.folder);
  });
  return noun.addCommand(run);
}

/** What commander hands on only to commands it makes itself: how they fail, and in which words they help. */
function inherit(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const verb of command.commands) inherit(command, verb);
}

/** The nouns and verbs that were given: `hub system check`. */
function commandWords(): string {
  const words = ['hub'];
  let at: Command | undefined = program;
  for (const word of process.argv.slice(2)) {
    at = at?.commands.find((command) => command.name() === word);
    if (at === undefined) break;
    words.push(word);
  }
  return words.join(' ');
}
