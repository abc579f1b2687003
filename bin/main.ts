/**
 * The command line: what each command is called, what it takes, and how it fails. A command's code is read when it is called.
 */
import { Command, CommanderError, Option } from 'commander';

import { failureLine, usageLine } from './failure-line.ts';

const program = new Command('hub')
  .description('一省公共资源交易，一张图。One province’s trading systems as one graph.')
  .helpCommand(false)
  .helpOption('-h, --help', '显示用法 shows this help')
  // What is wrong with a command line is told below, in both languages.
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .hook('preAction', async () => {
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
  .action(async (_options: unknown, command: Command) => (await import('@hub/gateway')).runGateway(command.args, process.env));

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

const bridge = program
  .command('bridge')
  .description('为没有 GraphQL 的系统发布数据。Publishes systems that have no GraphQL.')
  .helpCommand(false);

bridge
  .command('check')
  .description('逐行检查映射，不写入任何数据。Shows row by row what maps; stores nothing.')
  .requiredOption('--mapping <file>', '映射文件 the mapping')
  .option('--rows <n>', '每个数据集抽样的行数 rows looked at of each dataset', '100')
  .addOption(new Option('--format <form>', '输出格式 form of the output').choices(['text', 'json']).default('text'))
  .action(async (given: { readonly mapping: string; readonly rows: string; readonly format: string }) =>
    (await import('./bridge.ts')).check({ ...given, env: process.env }),
  );

bridge
  .command('run')
  .description('读取来源并入库；不加 --once 则持续跟进。Reads the source and stores; follows it without --once.')
  .requiredOption('--mapping <file>', '映射文件 the mapping')
  .option('--once', '只读一轮 one round only', false)
  .option('--interval <seconds>', '两轮之间的秒数 seconds between two rounds', '60')
  .option('--withdraw-many', '来源少了很多行也照样撤销 withdraws however many rows are gone', false)
  .action(
    async (given: { readonly mapping: string; readonly once: boolean; readonly interval: string; readonly withdrawMany: boolean }) => {
      console.error(`… 桥接 ${given.mapping}  Bridge ${given.mapping}`);
      await (await import('./bridge.ts')).run({ ...given, env: process.env });
    },
  );

try {
  await program.parseAsync();
} catch (cause) {
  if (cause instanceof CommanderError) {
    const line = usageLine(cause);
    if (line !== undefined) console.error(line);
    process.exitCode = cause.exitCode;
  } else {
    console.error(failureLine(cause));
    if (/^(debug|trace)$/.test(process.env['HUB_LOG_LEVEL'] ?? '')) console.error(cause);
    process.exitCode = 1;
  }
}
