/**
 * Rows as the control interface shows them.
 */
import type { KeyRole, RegisteredSystem, RegistryKey } from '../store/entities.ts';
import type { Onboarding } from './onboarding.ts';

/** A system with how far it has come. */
export interface SystemView extends RegisteredSystem {
  readonly onboarding: Onboarding;
}

/** @param onboarding - Step of each system, by code. */
export function systemView(row: RegisteredSystem, onboarding: ReadonlyMap<string, Onboarding>): SystemView {
  return { ...row, onboarding: onboarding.get(row.code) ?? 'REGISTERED' };
}

/** A key, and whether it is good now. */
export interface KeyView {
  readonly kid: string;
  readonly role: KeyRole;
  readonly system: string;
  readonly x: string;
  readonly contracts: readonly string[] | null;
  readonly since: string;
  readonly until: string | null;
  readonly valid: boolean;
}

/** @returns The key as it is shown at a moment. */
export function keyView({ kid, role, issuer, jwk, contracts, since, until, state }: RegistryKey, nowMs: number): KeyView {
  return {
    kid,
    role,
    system: issuer,
    x: jwk.x,
    contracts,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
    valid: state === 'ACTIVE' && since.getTime() <= nowMs && (until === null || nowMs < until.getTime()),
  };
}
