/**
 * `hub contract …`: the contracts in force, and how others come in force.
 * @see README «命令行 · Command line»
 */
import { Command } from 'commander';

import { registryCommand, wholeNumber } from './registry-command.ts';
import type { CompareFlags } from './run/compare-contracts.ts';
import type { ShowContractFlags } from './run/show-contract.ts';
import type { RegistryFlags } from './settings.ts';
import type { Terminal } from './terminal.ts';

type Reasoned = RegistryFlags & { readonly reason?: string; readonly to?: number };

const releaseNumber = wholeNumber(1, 999_999_999);

/** @returns The noun with its verbs, in the order of a release's life. */
export function contractCommands(terminal: Terminal): Command {
  const noun = new Command('contract')
    .description('契约：现行的、变更、批准。Contracts: those in force, changes, approval.')
    .helpCommand(false);
  const decide = async (
    decision: { readonly decision: 'approve' | 'reject' | 'rollback'; readonly number?: number | undefined },
    flags: Reasoned,
  ) => (await import('./run/decide-contracts.ts')).decideContracts({ ...decision, reason: flags.reason }, flags, terminal);
  const verbs = [
    registryCommand('list', '现行契约与历次发布。Contracts in force, and their releases.').action(async (flags: RegistryFlags) =>
      (await import('./run/list-contracts.ts')).listContracts(flags, terminal),
    ),
    registryCommand('show', '一份契约。One contract.')
      .argument('<name>', '契约名 name of the contract')
      .option('--sdl', '只输出系统须提供的 SDL only the SDL that a system is to serve', false)
      .action(async (name: string, flags: ShowContractFlags) =>
        (await import('./run/show-contract.ts')).showContract(name, flags, terminal),
      ),
    comparing(registryCommand('diff', '与现行契约相比变了什么、谁在用。What would change, and who uses it.')).action(
      async (flags: CompareFlags) => (await import('./run/compare-contracts.ts')).diffContracts(flags, terminal),
    ),
    comparing(registryCommand('propose', '提出新发布（运维）。Proposes a release; operators.'))
      .option('--note <text>', '说明，记入历史 why, for the history')
      .action(async (flags: CompareFlags) => (await import('./run/compare-contracts.ts')).proposeContracts(flags, terminal)),
    registryCommand('approve', '批准（另一位运维）。Approves; another operator than who proposed it.')
      .argument('<number>', '发布编号 its number', releaseNumber)
      .action((number: number, flags: Reasoned) => decide({ decision: 'approve', number }, flags)),
    registryCommand('reject', '驳回或收回。Rejects it, or takes it back.')
      .argument('<number>', '发布编号 its number', releaseNumber)
      .requiredOption('--reason <text>', '原因，记入历史 why, for the history')
      .action((number: number, flags: Reasoned) => decide({ decision: 'reject', number }, flags)),
    registryCommand('rollback', '回到以前的发布，立即生效。Back to an earlier release, at once.')
      .option('--to <number>', '发布编号；不写为现行之前的一次 its number; default the one before', releaseNumber)
      .option('--reason <text>', '原因，记入历史 why, for the history')
      .action((flags: Reasoned) => decide({ decision: 'rollback', number: flags.to }, flags)),
  ];
  for (const verb of verbs) noun.addCommand(verb);
  return noun;
}

function comparing(command: Command): Command {
  return command
    .option('--from <folder>', '契约所在目录；不写为本检出的 schema folder of the contracts; default this checkout’s')
    .option('--days <count>', '看最近多少天的使用 days of use looked at', wholeNumber(1, 365), 30);
}
