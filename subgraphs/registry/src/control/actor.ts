/**
 * What a signer may do: a system's key acts for its own system and the contracts it may serve, an operator's for all.
 * @see schema/PROTOCOL.md 10
 */
import { HubError } from '@hub/schema';

import type { KeyRole } from '../store/entities.ts';

/** Who signed a request. */
export interface Actor {
  readonly kid: string;
  readonly role: KeyRole;
  /** System code, or the name of an operator or gateway. */
  readonly issuer: string;
  /** Contracts it may serve; null: all that its system does. */
  readonly contracts: readonly string[] | null;
}

/** Whether it may see and change a system. */
export function mayAct({ role, issuer }: Actor, system: string): boolean {
  return role === 'OPERATOR' || (role === 'SYSTEM' && issuer === system);
}

/** @throws HubError FORBIDDEN when it may not act for the system, whether there is one or not. */
export function assertMayAct(actor: Actor, system: string): void {
  if (mayAct(actor, system)) return;
  throw new HubError('FORBIDDEN', {
    zh: `${actor.issuer} 的密钥不能为系统 ${system} 行事，请用该系统自己的密钥。`,
    en: `A key of ${actor.issuer} may not act for the system ${system}: use that system's own.`,
  });
}

/** @throws HubError FORBIDDEN for whoever has another role. */
export function assertRole(actor: Actor, role: KeyRole): void {
  if (actor.role === role) return;
  const words = { SYSTEM: '交易系统', OPERATOR: '运维', GATEWAY: '网关' } as const;
  throw new HubError('FORBIDDEN', {
    zh: `此项操作仅限${words[role]}的密钥，${actor.issuer} 的不是。`,
    en: `This takes a key with the role ${role}; the one of ${actor.issuer} has ${actor.role}.`,
  });
}

/** @throws HubError FORBIDDEN naming the contracts its key may not serve. */
export function assertMayServe({ issuer, contracts }: Actor, wanted: readonly string[]): void {
  const beyond = contracts === null ? [] : wanted.filter((name) => !contracts.includes(name));
  if (beyond.length === 0) return;
  throw new HubError('FORBIDDEN', {
    zh: `${issuer} 的这把密钥不能提供契约 ${beyond.join('、')}。`,
    en: `This key of ${issuer} may not serve ${beyond.join(', ')}.`,
  });
}
