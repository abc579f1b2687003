/**
 * The command line: what each command is called, what it takes, and how it fails.
 */
import { runGateway } from '@hub/gateway';
import { Command, CommanderError } from 'commander';

import { failureLine } from './failure-line.ts';
import { load } from './load.ts';
import { start } from './start/start.ts';

const program = new Command('hub')
  .description('一省公共资源交易，一张图。One province’s trading systems as one graph.')
  .helpCommand(false)
  .exitOverride();

program
  .command('start')
  .description('启动数据库、交易系统与网关。Starts database, trading systems and gateway.')
  .action(() => start(process.env));

program
  .command('gateway')
  .description('仅启动网关：--supergraph 文件或网址 [--port 端口]。The gateway alone, on any supergraph.')
  .allowUnknownOption()
  .allowExcessArguments()
  .helpOption(false)
  .action((_options: unknown, command: Command) => runGateway(command.args, process.env));

program
  .command('load')
  .description('按标准报文格式导入数据（XML 或 JSON 行）。Loads records in the standard’s wire form.')
  .requiredOption('--system <code>', '交易系统代码 code of the system')
  .argument('<files...>', '文件 files')
  .action((files: readonly string[], { system }: { readonly system: string }) => load({ system, files, env: process.env }));

try {
  await program.parseAsync();
} catch (cause) {
  // Commander has said already what was wrong with the command line.
  if (cause instanceof CommanderError) process.exitCode = cause.exitCode;
  else {
    console.error(failureLine(cause));
    process.exitCode = 1;
  }
}
