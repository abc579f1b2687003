/**
 * Who may sign what the exchange answers: systems and operators as the registry knows them, and the nation by keys of its own.
 * @see schema/PROTOCOL.md 10, 15 and 16
 */
import type { Signers } from '@hub/kit';
import { type PublicJwk, publicKeyOf, type TrustedKey } from '@hub/kit/process';
import { HubError, quoted } from '@hub/schema';

import { nationIssuer } from '../feed/serve-national.ts';

/** Who signed a request. */
export interface Actor {
  readonly kid: string;
  readonly role: 'SYSTEM' | 'NATION' | 'OPERATOR';
  /** System code, `nation`, or the name of an operator. */
  readonly name: string;
}

/** A key as the registry tells of it. */
export interface RegisteredSigner {
  readonly kid: string;
  readonly role: string;
  readonly issuer: string;
}

/** @param registered - The registry's keys; gateways have nothing to ask here. */
export function exchangeSigners(registered: Signers<RegisteredSigner>, nationKeys: readonly PublicJwk[]): Signers<Actor> {
  const nation = new Map<string, TrustedKey>();
  for (const jwk of nationKeys) {
    const known = publicKeyOf(jwk);
    if (known !== undefined) nation.set(known.publicJwk.kid, { publicKey: known.publicKey, issuer: nationIssuer });
  }
  return {
    keyOf: (kid) => nation.get(kid) ?? registered.keyOf(kid),
    get(kid) {
      if (nation.has(kid)) return { kid, role: 'NATION', name: nationIssuer };
      const signer = registered.get(kid);
      if (signer === undefined) return undefined;
      const { role, issuer: name } = signer;
      if (role === 'SYSTEM' || role === 'OPERATOR') return { kid, role, name };
      throw new HubError('FORBIDDEN', {
        zh: `这里只答系统、国家和运维，${name} 的密钥不能。`,
        en: `This answers systems, the nation and operators, not ${name}.`,
      });
    },
    refresh: () => registered.refresh(),
  };
}

/** @throws HubError FORBIDDEN unless it is the nation. */
export function assertNation({ role, name }: Actor): void {
  if (role === 'NATION') return;
  throw new HubError('FORBIDDEN', {
    zh: `此项仅限国家系统，${name} 的密钥不能。`,
    en: `This is for the national system, not for ${name}.`,
  });
}

/**
 * @param system - Asked about; null: the signer's own.
 * @returns Code of the system.
 * @throws HubError FORBIDDEN for another's; QUERY_INVALID for an operator who names none.
 */
export function systemAsked({ role, name }: Actor, system: string | null | undefined): string {
  if (role === 'SYSTEM' && (system == null || system === name)) return name;
  if (role === 'OPERATOR' && system != null) return system;
  if (role === 'OPERATOR')
    throw new HubError('QUERY_INVALID', { zh: '运维须写明系统代码（system）。', en: 'An operator names the system.' });
  throw new HubError('FORBIDDEN', {
    zh: `${name} 的密钥不能查看给${system == null ? '系统' : `系统 ${quoted(system)} `}的回执，请用该系统自己的密钥。`,
    en: `A key of ${name} may not see what is told to ${quoted(system ?? 'a system')}: use that system's own.`,
  });
}
