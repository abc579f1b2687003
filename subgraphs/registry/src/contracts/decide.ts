/**
 * A second person approves, or somebody rejects; and one command goes back.
 * @see control.graphql; README «Changes of contracts»
 */
import { HubError } from '@hub/schema';

import { type Actor, assertRole } from '../control/actor.ts';
import type { ControlContext } from '../control/context.ts';
import { refused } from '../control/refused.ts';
import type { Change as StoreChange } from '../store/open-store.ts';
import { overtaken, putInForce } from './propose.ts';
import { releaseInForce, retireInForce } from './release-book.ts';
import { type ContractRelease, releaseEntity } from './release-entity.ts';
import { releaseView, type ReleaseView } from './views.ts';

interface OfRelease {
  readonly number: number;
}

const maxReason = 500;

/** @throws HubError FORBIDDEN, also for whoever proposed it; REGISTRATION_INVALID. */
export function approveContracts({ number }: OfRelease, context: ControlContext): Promise<ReleaseView> {
  return decide(context, async (change) => {
    const { em, now } = change;
    const { actor } = context;
    const row = await proposalOf(change, number);
    assertSecond(actor, row);
    // What was approved is what was compared.
    const current = await releaseInForce(em);
    if (current?.number !== row.base) throw overtaken();
    await em.nativeUpdate(releaseEntity, { number }, { approvedBy: actor.issuer, approvedAt: now });
    await putInForce(change, { row, by: { who: actor.issuer, kid: actor.kid }, from: row.base });
    return number;
  });
}

/** @throws HubError FORBIDDEN, REGISTRATION_INVALID. */
export function rejectContracts(
  { number, reason }: OfRelease & { readonly reason: string },
  context: ControlContext,
): Promise<ReleaseView> {
  return decide(context, async (change) => {
    const { em, tell, now } = change;
    const { issuer, kid } = context.actor;
    await proposalOf(change, number);
    const why = reason.slice(0, maxReason);
    await em.nativeUpdate(releaseEntity, { number }, { state: 'REJECTED', rejectedBy: issuer, rejectedAt: now, reason: why });
    const detail = { release: number, reason: why };
    await tell({ who: issuer, kid, what: 'CONTRACTS_REJECTED', system: null, detail, routing: false });
    return number;
  });
}

/** Back to an earlier release, at once. @throws HubError FORBIDDEN, REGISTRATION_INVALID. */
export function rollbackContracts(
  { number, reason }: { readonly number?: number | null; readonly reason?: string | null },
  context: ControlContext,
): Promise<ReleaseView> {
  return decide(context, async ({ em, tell, now }) => {
    const { issuer, kid } = context.actor;
    const current = await releaseInForce(em);
    const wanted = number ?? (await numberBefore(em, current?.number ?? 0));
    if (wanted !== undefined && wanted === current?.number) return wanted;
    const row = wanted === undefined ? null : await em.findOne(releaseEntity, { number: wanted, state: 'EARLIER' });
    if (row === null) {
      throw refused(
        `没有曾经现行的契约发布${wanted === undefined ? '' : ` ${wanted} `}可以回到。`,
        `No release${wanted === undefined ? '' : ` ${wanted}`} was in force before that one could go back to.`,
      );
    }
    await retireInForce(em);
    await em.nativeUpdate(releaseEntity, { number: row.number }, { state: 'IN_FORCE', inForceAt: now });
    const detail = {
      release: row.number,
      from: current?.number ?? null,
      supergraph: row.supergraph,
      reason: (reason ?? '').slice(0, maxReason),
    };
    await tell({ who: issuer, kid, what: 'CONTRACTS_ROLLED_BACK', system: null, detail, routing: true });
    return row.number;
  });
}

async function numberBefore(em: StoreChange['em'], current: number): Promise<number | undefined> {
  const earlier = { state: 'EARLIER', number: { $lt: current } } as const;
  const [row] = await em.find(releaseEntity, earlier, { orderBy: { number: 'desc' }, limit: 1, disableIdentityMap: true });
  return row?.number;
}

function decide(context: ControlContext, work: (change: StoreChange) => Promise<number>): Promise<ReleaseView> {
  const { actor, store } = context;
  assertRole(actor, 'OPERATOR');
  return store.change(async (change) => {
    const number = await work(change);
    const row = await change.em.findOneOrFail(releaseEntity, { number }, { disableIdentityMap: true });
    return releaseView(row, store, actor);
  });
}

async function proposalOf({ em }: StoreChange, number: number): Promise<ContractRelease> {
  const row = await em.findOne(releaseEntity, { number }, { disableIdentityMap: true });
  if (row === null) throw refused(`没有契约发布 ${number}。`, `There is no release ${number} of the contracts.`);
  if (row.state === 'PROPOSED') return row;
  throw refused(`契约发布 ${number} 不在待批准之列（${row.state}）。`, `Release ${number} does not wait for approval (${row.state}).`);
}

/** Two persons: another name, and another key. */
function assertSecond({ issuer, kid }: Actor, { proposedBy, proposedKid, number }: ContractRelease): void {
  if (issuer !== proposedBy && kid !== proposedKid) return;
  throw new HubError('FORBIDDEN', {
    zh: `契约发布 ${number} 由 ${proposedBy} 提出，须由另一个人用另一把密钥批准。`,
    en: `${proposedBy} proposed release ${number}: another person approves it, with another key.`,
  });
}
