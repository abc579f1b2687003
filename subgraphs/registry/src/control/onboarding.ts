/**
 * How far a system has come, told from the facts: nothing is kept that could say otherwise.
 * @see schema/contracts/registry.graphql
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import { checkEntity, healthEntity, keyEntity, type RegisteredSystem } from '../store/entities.ts';

/** Steps on the way into the graph, in order, and out of it. */
export type Onboarding = 'REGISTERED' | 'KEY_KNOWN' | 'CHECKED' | 'PUBLISHED' | 'LIVE' | 'LEFT';

/** @returns The step of each system, by code. */
export async function onboardingOf(em: EntityManager, systems: readonly RegisteredSystem[]): Promise<ReadonlyMap<string, Onboarding>> {
  const codes = systems.map(({ code }) => code);
  const keyed = await em.find(keyEntity, { role: 'SYSTEM', issuer: { $in: codes }, state: 'ACTIVE' }, { fields: ['issuer'] });
  const checked = await em.find(checkEntity, { system: { $in: codes }, passed: true }, { fields: ['system'] });
  const answering = await em.find(healthEntity, { system: { $in: codes }, lastContactAt: { $ne: null } }, { fields: ['system'] });
  const [withKey, passed, heard] = [
    new Set(keyed.map(({ issuer }) => issuer)),
    new Set(checked.map(({ system }) => system)),
    new Set(answering.map(({ system }) => system)),
  ];
  const stepOf = ({ code, state }: RegisteredSystem): Onboarding => {
    if (state === 'WITHDRAWN') return 'LEFT';
    if (state === 'PUBLISHED') return heard.has(code) ? 'LIVE' : 'PUBLISHED';
    if (passed.has(code)) return 'CHECKED';
    return withKey.has(code) ? 'KEY_KNOWN' : 'REGISTERED';
  };
  return new Map(systems.map((system) => [system.code, stepOf(system)]));
}
