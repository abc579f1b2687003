/**
 * Gateways report which operations they answered. A batch is kept once: what comes again, because its answer was lost, is known
 * by the run of the gateway and its number.
 * @see schema/PROTOCOL.md 12
 */
import { assertRole } from '../control/actor.ts';
import type { ControlContext } from '../control/context.ts';
import { keepReport } from './keep-report.ts';
import { readReport, type UsageReport } from './read-report.ts';

/** Runs that are remembered of one gateway's key; the oldest are forgotten first. */
const mostRuns = 1000;

/** @returns true. @throws HubError FORBIDDEN; REGISTRATION_INVALID for what is beyond the bounds. */
export async function reportUsage(report: UsageReport, { actor, store, clock }: ControlContext): Promise<boolean> {
  assertRole(actor, 'GATEWAY');
  const nowMs = clock.nowMs();
  const operations = readReport(report, nowMs);
  await store.write(async (em) => {
    // One at a time, of all gateways: bounds are counted before they are met.
    await em.execute(`select pg_advisory_xact_lock(hashtext('hub_registry_usage'))`);
    const taken = await em.execute<unknown[]>(
      `insert into registry_usage_batch as b (gateway, run, batch, taken_at) values (?, ?, ?, ?::timestamptz)
       on conflict (gateway, run) do update set batch = excluded.batch, taken_at = excluded.taken_at where b.batch < excluded.batch
       returning batch`,
      [actor.kid, report.run, report.batch, new Date(nowMs).toISOString()],
    );
    if (taken.length === 0) return;
    await em.execute(
      `delete from registry_usage_batch b where b.gateway = ? and (b.run) in
         (select run from registry_usage_batch where gateway = ? order by taken_at desc, run offset ${mostRuns})`,
      [actor.kid, actor.kid],
    );
    await keepReport(em, { operations, nowMs });
  });
  return true;
}
