/**
 * What the graph tells of systems besides their rows: how far they have come, and what gateways see of them.
 * @see schema/contracts/registry.graphql
 */
import { instantOf } from '@hub/kit/process';
import { printInstant } from '@hub/schema';

import { type Onboarding, onboardingOf } from './control/onboarding.ts';
import { healthEntity, type SystemHealth, systemEntity } from './store/entities.ts';
import type { RegistryStore } from './store/open-store.ts';

/** All systems' facts, by code. */
export interface SystemFacts {
  readonly onboarding: ReadonlyMap<string, Onboarding>;
  readonly reports: ReadonlyMap<string, readonly SystemHealth[]>;
}

/** A gateway that has not told for so long has ended: what it saw says nothing of now. */
const reportMaxAgeMs = 120_000;

/** @returns What reads the facts once, when first called. */
export function factsOf(store: RegistryStore): () => Promise<SystemFacts> {
  let reading: Promise<SystemFacts> | undefined;
  return () => (reading ??= read(store));
}

function read(store: RegistryStore): Promise<SystemFacts> {
  return store.read(async (em) => {
    const since = new Date(store.clock.nowMs() - reportMaxAgeMs);
    const reports = await em.find(healthEntity, { reportedAt: { $gte: since } });
    return { onboarding: await onboardingOf(em, await em.find(systemEntity, {})), reports: Map.groupBy(reports, ({ system }) => system) };
  });
}

/** @returns The value of `System.health`. */
export function healthOf({ reports }: SystemFacts, code: string): 'ANSWERS' | 'UNSTEADY' | 'AWAY' | 'UNKNOWN' {
  const told = reports.get(code) ?? [];
  if (told.length === 0) return 'UNKNOWN';
  if (told.every(({ ok }) => ok)) return 'ANSWERS';
  return told.some(({ ok }) => ok) ? 'UNSTEADY' : 'AWAY';
}

/** @returns The latest answer that any gateway had; null: none. */
export function lastContactOf({ reports }: SystemFacts, code: string): string | null {
  const times = (reports.get(code) ?? []).flatMap(({ lastContactAt }) => lastContactAt?.getTime() ?? []);
  return times.length === 0 ? null : printInstant(instantOf({ nowMs: () => Math.max(...times) }));
}
