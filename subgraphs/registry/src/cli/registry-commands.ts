/**
 * Every command that asks the registry. A new one is a file in `run/` and an entry here or under its noun.
 */
import type { Command } from 'commander';

import { registryCommand } from './registry-command.ts';
import type { RegistryFlags } from './settings.ts';
import { systemCommands } from './system-commands.ts';
import type { Terminal } from './terminal.ts';

/** @returns The commands, to be added to a program. */
export function registryCommands(terminal: Terminal): readonly Command[] {
  return [
    systemCommands(terminal),
    registryCommand('whoami', '登记处认这把密钥是谁。Who the registry takes the signer for.').action(async (flags: RegistryFlags) =>
      (await import('./run/whoami.ts')).whoami(flags, terminal),
    ),
  ];
}
