/**
 * The command line: what each command is called, what it takes, and how it fails. A command's code is read when it is called.
 */
import { Command, CommanderError } from 'commander';

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
