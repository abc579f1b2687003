/**
 * A published system leaves, comes back, or goes back to an earlier version.
 * @see control.graphql
 */
import { systemEntity, type RegisteredSystem, versionEntity } from '../store/entities.ts';
import type { Change } from '../store/open-store.ts';
import { assertMayAct, assertMayServe } from './actor.ts';
import { assertSoleHolder } from './contracts.ts';
import type { ControlContext } from './context.ts';
import { findSystem } from './find-system.ts';
import { refused } from './refused.ts';
import { systemView, type SystemView } from './views.ts';

interface OfSystem {
  readonly system: string;
}

/** No gateway asks it any more. @throws HubError FORBIDDEN, SYSTEM_UNKNOWN. */
export function withdrawSystem(
  { system, reason }: OfSystem & { readonly reason?: string | null },
  context: ControlContext,
): Promise<SystemView> {
  return changeSystem(system, context, async ({ em, tell }, row) => {
    if (row.state === 'WITHDRAWN') return;
    await em.nativeUpdate(systemEntity, { code: system }, { state: 'WITHDRAWN' });
    const detail = { reason: (reason ?? '').slice(0, 500) };
    await tell({ ...signed(context), what: 'WITHDRAWN', system, detail, routing: true });
  });
}

/** Ends a withdrawal. @throws HubError FORBIDDEN, SYSTEM_UNKNOWN, REGISTRATION_INVALID. */
export function republishSystem({ system }: OfSystem, context: ControlContext): Promise<SystemView> {
  return changeSystem(system, context, async ({ em, tell }, row) => {
    if (row.state === 'PUBLISHED') return;
    if (row.endpoint === null)
      throw refused(`系统 ${system} 从未发布过，请先发布。`, `The system ${system} was never published: publish it first.`);
    assertMayServe(context.actor, row.contracts);
    await assertSoleHolder(em, row);
    await em.nativeUpdate(systemEntity, { code: system }, { state: 'PUBLISHED' });
    await tell({ ...signed(context), what: 'REPUBLISHED', system, detail: {}, routing: true });
  });
}

/** Puts an earlier version in force again. @throws HubError FORBIDDEN, SYSTEM_UNKNOWN, REGISTRATION_INVALID. */
export function rollbackSystem({ system, version }: OfSystem & { readonly version: number }, context: ControlContext): Promise<SystemView> {
  return changeSystem(system, context, async ({ em, tell }, row) => {
    if (row.version === version) return;
    const earlier = await em.findOne(versionEntity, { system, number: version });
    if (earlier === null) throw refused(`系统 ${system} 没有版本 ${version}。`, `The system ${system} has no version ${version}.`);
    const { contracts } = earlier;
    assertMayServe(context.actor, contracts);
    if (row.state === 'PUBLISHED') await assertSoleHolder(em, { code: system, contracts });
    await em.nativeUpdate(systemEntity, { code: system }, { version, contracts: [...contracts] });
    const detail = { version, from: row.version };
    await tell({ ...signed(context), what: 'ROLLED_BACK', system, detail, routing: true });
  });
}

function changeSystem(
  code: string,
  { actor, store }: ControlContext,
  work: (change: Change, row: RegisteredSystem) => Promise<void>,
): Promise<SystemView> {
  assertMayAct(actor, code);
  return store.change(async (change) => {
    await work(change, await findSystem(change.em, code));
    const row = await findSystem(change.em, code);
    return systemView(row, store);
  });
}

function signed({ actor }: ControlContext): { readonly who: string; readonly kid: string } {
  return { who: actor.issuer, kid: actor.kid };
}
