/**
 * `npm run conformance -- --url URL`: the same as `hub conformance run`.
 * @see run-conformance.ts
 */
import { Command, CommanderError } from 'commander';

import { type ConformanceFlags, withConformanceOptions } from './conformance-options.ts';
import { failureLine, usageLine } from './failure-line.ts';
import { runConformance } from './run-conformance.ts';
import { callerFolder } from './system/caller-folder.ts';

const program = withConformanceOptions(
  new Command('conformance').description('对任一端点作合规检查，只问不写。Audits any endpoint; it only asks, never writes.'),
)
  .helpOption('-h, --help', '显示用法 shows this help')
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .action(async (flags: ConformanceFlags) => {
    process.exitCode = await runConformance(flags, callerFolder(process.env));
  });

try {
  await program.parseAsync();
} catch (cause) {
  const isUsage = cause instanceof CommanderError;
  const line = isUsage ? usageLine(cause, 'npm run conformance') : failureLine(cause);
  if (line !== undefined) console.error(line);
  process.exitCode = isUsage && cause.exitCode === 0 ? 0 : 2;
}
