/**
 * `hub system …`: what an engineer and an operator do with systems, from their registration on.
 * @see README «命令行 · Command line»
 */
import { Command } from 'commander';

import { registryCommand, systemCommand, wholeNumber } from './registry-command.ts';
import type { AllowFlags } from './run/allow-contracts.ts';
import type { RollbackFlags, WithdrawFlags } from './run/change-state.ts';
import type { LogsFlags } from './run/show-logs.ts';
import type { RotateFlags } from './run/rotate-key.ts';
import type { RegistryFlags } from './settings.ts';
import type { SubmissionFlags } from './submission.ts';
import type { Terminal } from './terminal.ts';

type Code = string | undefined;

/** @returns The noun with its verbs, in the order of a system's life. */
export function systemCommands(terminal: Terminal): Command {
  const noun = new Command('system')
    .description('交易系统：登记、检查、发布、撤回。Systems: register, check, publish, withdraw.')
    .helpCommand(false);
  const verbs = [
    registryCommand('register', '登记新系统（运维）。Registers a system; operators.')
      .argument('<file>', '登记文件，hub init 写出的 registration.json the registration')
      .action(async (file: string, flags: RegistryFlags) =>
        (await import('./run/register-system.ts')).registerSystem(file, flags, terminal),
      ),
    systemCommand('allow', '改定系统可提供的契约（运维）。Says which contracts a system may serve; operators.')
      .requiredOption('--contract <names...>', '全部可提供的契约 all that it may serve')
      .action(async (code: Code, flags: AllowFlags) => (await import('./run/allow-contracts.ts')).allowContracts(code, flags, terminal)),
    submitting(systemCommand('check', '发布前检查，不发布。Checks what would be published, and publishes nothing.')).action(
      async (code: Code, flags: SubmissionFlags) => (await import('./run/check-system.ts')).checkSystem(code, flags, terminal),
    ),
    submitting(systemCommand('publish', '检查并发布。Checks and publishes.')).action(async (code: Code, flags: SubmissionFlags) =>
      (await import('./run/publish-system.ts')).publishSystem(code, flags, terminal),
    ),
    registryCommand('list', '列出可见的系统。Lists the systems this key may see.').action(async (flags: RegistryFlags) =>
      (await import('./run/list-systems.ts')).listSystems(flags, terminal),
    ),
    systemCommand('show', '一个系统：密钥、版本、检查、健康。One system: keys, versions, checks, health.').action(
      async (code: Code, flags: RegistryFlags) => (await import('./run/show-system.ts')).showSystem(code, flags, terminal),
    ),
    systemCommand('withdraw', '撤回：各网关 2 秒内不再询问它。Withdraws it: within 2 s nobody asks it.')
      .option('--reason <text>', '原因，记入历史 why, for the history')
      .option('--yes', '不再询问 asks nothing back', false)
      .action(async (code: Code, flags: WithdrawFlags) => (await import('./run/change-state.ts')).withdrawSystem(code, flags, terminal)),
    systemCommand('republish', '结束撤回。Ends a withdrawal.').action(async (code: Code, flags: RegistryFlags) =>
      (await import('./run/change-state.ts')).republishSystem(code, flags, terminal),
    ),
    systemCommand('rollback', '回到以前的版本。Goes back to an earlier version.')
      .option('--to <number>', '版本号；不写为前一个 its number; default the one before', wholeNumber(1, 999_999_999))
      .action(async (code: Code, flags: RollbackFlags) => (await import('./run/change-state.ts')).rollbackSystem(code, flags, terminal)),
    systemCommand('rotate-key', '换钥：旧钥在重叠期内仍有效。A new key; the old one stays good for an overlap.')
      .option('--overlap-hours <hours>', '旧钥还有效多少小时 hours the old key stays good', wholeNumber(0, 720), 24)
      .action(async (code: Code, flags: RotateFlags) => (await import('./run/rotate-key.ts')).rotateKey(code, flags, terminal)),
    systemCommand('logs', '历史，旧的在前。What happened, oldest first.')
      .option('--last <count>', '只看最后几条 only the last ones', wholeNumber(1, 100_000), 100)
      .option('--follow', '持续跟随，JSON 时一行一条 goes on; in JSON a line each', false)
      .action(async (code: Code, flags: LogsFlags) => (await import('./run/show-logs.ts')).showLogs(code, flags, terminal)),
  ];
  for (const verb of verbs) noun.addCommand(verb);
  return noun;
}

function submitting(command: Command): Command {
  return command
    .option('--sdl <file>', '系统提供的 SDL；不写则取 hub.json 旁的 schema.graphql the SDL it serves')
    .option('--endpoint <url>', 'GraphQL 地址 its endpoint')
    .option('--contract <names...>', '提供的契约 contracts it serves');
}
