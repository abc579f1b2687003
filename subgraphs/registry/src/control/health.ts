/**
 * Gateways tell which systems answer them.
 * @see control.graphql
 */
import { healthEntity, systemEntity, type SystemHealth } from '../store/entities.ts';
import { assertRole } from './actor.ts';
import type { ControlContext } from './context.ts';

/** What a gateway sees of a system. */
export interface HealthReport {
  readonly system: string;
  readonly ok: boolean;
  readonly reason?: string | null;
  readonly lastContactAt?: Date | null;
}

/** Keeps the latest report of each gateway. @throws HubError FORBIDDEN. */
export async function reportHealth({ reports }: { readonly reports: readonly HealthReport[] }, context: ControlContext): Promise<boolean> {
  const { actor, store, clock } = context;
  assertRole(actor, 'GATEWAY');
  const reportedAt = new Date(clock.nowMs());
  // Not a change of what is registered: no line of the history, no word to anybody.
  await store.write(async (em) => {
    const known = new Set((await em.find(systemEntity, {}, { fields: ['code'] })).map(({ code }) => code));
    const rows = reports
      .filter(({ system }) => known.has(system))
      .map(({ system, ok, reason, lastContactAt }): SystemHealth => ({
        gateway: actor.kid,
        system,
        ok,
        reason: reason ?? null,
        lastContactAt: lastContactAt ?? null,
        reportedAt,
      }));
    if (rows.length > 0) await em.upsertMany(healthEntity, rows);
  });
  return true;
}
