/** `hub system withdraw`, `republish` and `rollback`: a published system leaves, comes back, or goes back to an earlier version. */
import { HubError } from '@hub/schema';
import { z } from 'zod';

import { worded } from '../print/words.ts';
import { openSession, type Session } from '../session.ts';
import { invalid, type RegistryFlags, systemOf } from '../settings.ts';
import { systemFields, systemShape } from '../system-fields.ts';
import { answer, type Terminal } from '../terminal.ts';

/** Flags of `withdraw`. */
export interface WithdrawFlags extends RegistryFlags {
  readonly reason?: string;
  readonly yes: boolean;
}

/** Flags of `rollback`. */
export interface RollbackFlags extends RegistryFlags {
  readonly to?: number;
}

/** The answer is no when the person says no. @throws HubError CONFIG_INVALID without `--yes` where nobody can be asked. */
export async function withdrawSystem(code: string | undefined, flags: WithdrawFlags, terminal: Terminal): Promise<void> {
  const session = await openSession(flags, terminal, code);
  const system = systemOf(session.settings);
  if (!flags.yes && !(await isConfirmed(system, session, terminal))) {
    terminal.say(`没有撤回 ${system}。  Nothing was withdrawn.`);
    terminal.refuse();
    return;
  }
  const query = `mutation ($system: String!, $reason: String) { result: withdrawSystem(system: $system, reason: $reason) { ${systemFields} } }`;
  await change({ session, query, variables: { system, reason: flags.reason ?? null }, kind: 'withdrawal' }, flags, terminal);
}

/** @throws HubError as asking the registry does. */
export async function republishSystem(code: string | undefined, flags: RegistryFlags, terminal: Terminal): Promise<void> {
  const session = await openSession(flags, terminal, code);
  const query = `mutation ($system: String!) { result: republishSystem(system: $system) { ${systemFields} } }`;
  await change({ session, query, variables: { system: systemOf(session.settings) }, kind: 'republication' }, flags, terminal);
}

const versionsShape = z.object({ versions: z.array(z.object({ number: z.number(), current: z.boolean() })) });

/** Back to the version before the one in force, unless another is named. @throws HubError REGISTRATION_INVALID when there is none. */
export async function rollbackSystem(code: string | undefined, flags: RollbackFlags, terminal: Terminal): Promise<void> {
  const session = await openSession(flags, terminal, code);
  const system = systemOf(session.settings);
  const version = flags.to ?? (await versionBefore(session, system));
  const query = `mutation ($system: String!, $version: Int!) { result: rollbackSystem(system: $system, version: $version) { ${systemFields} } }`;
  await change({ session, query, variables: { system, version }, kind: 'rollback' }, flags, terminal);
}

async function versionBefore({ ask }: Session, system: string): Promise<number> {
  const { versions } = await ask(
    { query: 'query ($s: String!) { versions(system: $s) { number current } }', variables: { s: system } },
    versionsShape,
  );
  const current = versions.find((version) => version.current)?.number ?? 0;
  const earlier = versions.map(({ number }) => number).filter((number) => number < current);
  if (earlier.length > 0) return Math.max(...earlier);
  throw new HubError('REGISTRATION_INVALID', {
    zh: `系统 ${system} 没有比现行（${current}）更早的版本。`,
    en: `The system ${system} has no version before the one in force (${current}).`,
  });
}

async function isConfirmed(system: string, { settings }: Session, { ask }: Terminal): Promise<boolean> {
  if (ask === undefined) {
    throw invalid(
      `撤回 ${system} 须确认：不在终端里时请加 --yes。`,
      `Withdrawing ${system} is to be confirmed: without a terminal, add --yes.`,
    );
  }
  const said = await ask(`在 ${settings.origin} 撤回 ${system}，2 秒内各网关不再询问它。输入代码以确认  Type the code to confirm: `);
  return said.trim() === system;
}

interface Change {
  readonly session: Session;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly kind: 'withdrawal' | 'republication' | 'rollback';
}

async function change({ session, query, variables, kind }: Change, { format }: RegistryFlags, terminal: Terminal): Promise<void> {
  const { result: system } = await session.ask({ query, variables }, z.object({ result: systemShape }));
  const done = {
    withdrawal: `✓ 已撤回 ${system.code}；各网关 2 秒内不再询问它。  Withdrawn; within 2 s no gateway asks it.`,
    republication: `✓ 已恢复 ${system.code}；各网关 2 秒内照常询问它。  Published again; gateways ask it within 2 s.`,
    rollback: `✓ ${system.code} 现行版本 ${system.version}，契约 ${system.contracts.join(' ')}。  Version ${system.version} is in force.`,
  }[kind];
  answer(terminal, format, { kind, json: { system }, text: [done, `  状态 state ${worded(system.state)}`] });
}
