/**
 * Every command that asks the registry, and those that explain. A new one is a file in `run/` and an entry here or under its noun.
 */
import { Argument, Command } from 'commander';

import { contractCommands } from './contract-commands.ts';
import type { Explanation } from './explain/explanation.ts';
import { answeringCommand, registryCommand } from './registry-command.ts';
import type { RegistryFlags } from './settings.ts';
import { systemCommands } from './system-commands.ts';
import type { Format, Terminal } from './terminal.ts';
import { completionScript, type Shell, shells } from './completion.ts';

/** What the commands are given beside the terminal. */
export interface CommandOptions {
  /** Codes of lists that explain themselves, read when they are asked for. */
  readonly explanations: () => Promise<readonly Explanation[]>;
}

/** @returns The commands, to be added to a program. */
export function registryCommands(terminal: Terminal, { explanations }: CommandOptions): readonly Command[] {
  const completion = new Command('completion')
    .description('补全脚本。Completion for a shell.')
    .addArgument(new Argument('<shell>', '哪一种 which').choices(shells))
    .action((shell: Shell) => terminal.print(completionScript(shell, rootOf(completion)).trimEnd()));
  return [
    systemCommands(terminal),
    contractCommands(terminal),
    registryCommand('whoami', '登记处认这把密钥是谁。Who the registry takes the signer for.').action(async (flags: RegistryFlags) =>
      (await import('./run/whoami.ts')).whoami(flags, terminal),
    ),
    answeringCommand('explain', '一个编号是什么意思、怎么办。What a code means, and what to do.')
      .argument('<code>', '编号，如 FIELD_MISSING a code')
      .action(async (code: string, { format }: { readonly format: Format }) =>
        (await import('./run/explain.ts')).explain(code, { format, more: await explanations() }, terminal),
      ),
    completion,
  ];
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}
