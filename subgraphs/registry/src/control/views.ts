/**
 * Rows as the control interface shows them.
 */
import type { KeyRole, RegisteredSystem, RegistryKey } from '../store/entities.ts';
import type { RegistryStore } from '../store/open-store.ts';
import { type Onboarding, onboardingOf } from './onboarding.ts';

/** A system with how far it has come, looked up when it is asked for. */
export interface SystemView extends RegisteredSystem {
  readonly onboarding: () => Promise<Onboarding>;
}

/** @returns Views of systems that are shown together. */
export function systemViews(rows: readonly RegisteredSystem[], { read }: RegistryStore): readonly SystemView[] {
  let reading: Promise<ReadonlyMap<string, Onboarding>> | undefined;
  const steps = (): Promise<ReadonlyMap<string, Onboarding>> => (reading ??= read((em) => onboardingOf(em, rows)));
  return rows.map((row) => ({ ...row, onboarding: async () => (await steps()).get(row.code) ?? 'REGISTERED' }));
}

/** @returns The view of one system. */
export function systemView(row: RegisteredSystem, { read }: RegistryStore): SystemView {
  return { ...row, onboarding: async () => (await read((em) => onboardingOf(em, [row]))).get(row.code) ?? 'REGISTERED' };
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
