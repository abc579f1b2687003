/**
 * Keys come, overlap and go. A key stands for one name, once and for ever: its name is its thumbprint.
 * @see schema/PROTOCOL.md 10; control.graphql
 */
import { publicKeyOf, type PublicJwk } from '@hub/kit/process';

import { type KeyRole, keyEntity } from '../store/entities.ts';
import type { Change } from '../store/open-store.ts';
import { assertMayAct, assertRole } from './actor.ts';
import { assertContracts } from './contracts.ts';
import type { ControlContext } from './context.ts';
import { findSystem } from './find-system.ts';
import { refused } from './refused.ts';
import { keyView, type KeyView } from './views.ts';

/** Longest overlap: a month. */
const maxOverlapHours = 720;
const hourMs = 3_600_000;

interface Rotation {
  readonly system: string;
  readonly key: unknown;
  readonly overlapHours: number;
}

/** @throws HubError FORBIDDEN, SYSTEM_UNKNOWN, REGISTRATION_INVALID. */
export async function rotateKey({ system, key, overlapHours }: Rotation, context: ControlContext): Promise<KeyView> {
  const { actor, store, ring } = context;
  assertMayAct(actor, system);
  const jwk = readPublicKey(key);
  if (overlapHours < 0 || overlapHours > maxOverlapHours) {
    throw refused(`重叠小时数应为 0–${maxOverlapHours}。`, `The overlap is 0 to ${maxOverlapHours} hours.`);
  }
  const view = await store.change(async (change) => {
    const { em, now, tell } = change;
    await findSystem(em, system);
    // A key of a few contracts is followed by one of the same; an operator's own says nothing of a system's.
    const contracts = actor.role === 'SYSTEM' ? actor.contracts : null;
    const old = await em.find(keyEntity, { role: 'SYSTEM', issuer: system, state: 'ACTIVE' }, { disableIdentityMap: true });
    const until = new Date(now.getTime() + overlapHours * hourMs);
    const replaced = old.filter((known) => (actor.role === 'SYSTEM' ? known.kid === actor.kid : true) && (known.until ?? until) >= until);
    for (const { kid } of replaced) await em.nativeUpdate(keyEntity, { kid }, { until });
    const row = await addKey(change, { role: 'SYSTEM', issuer: system, jwk, contracts });
    const detail = { new: jwk.kid, replaced: replaced.map(({ kid }) => kid), until: until.toISOString() };
    await tell({ who: actor.issuer, kid: actor.kid, what: 'KEY_ROTATED', system, detail, routing: false });
    return keyView(row, now.getTime());
  });
  ring.forget();
  return view;
}

interface Allowance {
  readonly system: string;
  readonly contracts: readonly string[];
}

/**
 * What a system may serve besides what it was registered for is a province's to say, not its own.
 * @throws HubError FORBIDDEN, SYSTEM_UNKNOWN, REGISTRATION_INVALID.
 */
export async function allowContracts({ system, contracts }: Allowance, context: ControlContext): Promise<readonly KeyView[]> {
  const { actor, store, ring, clock } = context;
  assertRole(actor, 'OPERATOR');
  const views = await store.change(async ({ em, tell }) => {
    await findSystem(em, system);
    await assertContracts(em, contracts);
    const its = { role: 'SYSTEM', issuer: system, state: 'ACTIVE' } as const;
    await em.nativeUpdate(keyEntity, its, { contracts: [...contracts] });
    const keys = await em.find(keyEntity, its, { orderBy: { kid: 'asc' }, disableIdentityMap: true });
    const detail = { contracts, keys: keys.map(({ kid }) => kid) };
    await tell({ who: actor.issuer, kid: actor.kid, what: 'KEY_ALLOWED', system, detail, routing: false });
    return keys.map((key) => keyView(key, clock.nowMs()));
  });
  ring.forget();
  return views;
}

/** An operator may revoke other operators' keys too. @throws HubError FORBIDDEN for a key that is not its own or is not known. */
export async function revokeKey({ kid }: { readonly kid: string }, { actor, store, ring, clock }: ControlContext): Promise<KeyView> {
  const revocable: KeyRole[] = actor.role === 'OPERATOR' && kid !== actor.kid ? ['SYSTEM', 'OPERATOR'] : ['SYSTEM'];
  const view = await store.change(async ({ em, tell }) => {
    const row = await em.findOne(keyEntity, { kid, role: { $in: revocable } }, { disableIdentityMap: true });
    // Whoever asks for a key that is nobody's is told no more than for somebody else's.
    assertMayAct(actor, row?.issuer ?? '');
    if (row === null) throw refused(`没有密钥 ${kid}。`, `There is no key ${kid}.`);
    await em.nativeUpdate(keyEntity, { kid }, { state: 'REVOKED' });
    await tell({
      who: actor.issuer,
      kid: actor.kid,
      what: 'KEY_REVOKED',
      system: row.role === 'SYSTEM' ? row.issuer : null,
      detail: { revoked: kid, of: row.issuer },
      routing: false,
    });
    return keyView({ ...row, state: 'REVOKED' }, clock.nowMs());
  });
  ring.forget();
  return view;
}

/** @returns The key with its name. @throws HubError REGISTRATION_INVALID, also when the private half was sent. */
export function readPublicKey(key: unknown): PublicJwk {
  const sent = typeof key === 'object' && key !== null ? Object.entries(key).filter(([, value]) => value !== null) : [];
  const read = publicKeyOf(Object.fromEntries(sent));
  if (read !== undefined) return read.publicJwk;
  throw refused(
    '公钥须为 Ed25519 的 JWK（kty OKP、crv Ed25519、x），kid 如写须为 RFC 7638 指纹。',
    'The key must be a JWK of Ed25519 (kty OKP, crv Ed25519, x); its kid, when given, the thumbprint of RFC 7638.',
  );
}

interface NewKey {
  readonly role: KeyRole;
  readonly issuer: string;
  readonly jwk: PublicJwk;
  readonly contracts: readonly string[] | null;
}

/** @throws HubError REGISTRATION_INVALID for a key that was ever known. */
export async function addKey({ em, now }: Change, { role, issuer, jwk, contracts }: NewKey): Promise<RegistryKeyRow> {
  if ((await em.count(keyEntity, { kid: jwk.kid })) > 0) {
    throw refused('这把公钥已经登记过，请另生成一把。', 'This key is known already: make another.');
  }
  const row = { kid: jwk.kid, role, issuer, jwk, contracts, since: now, until: null, state: 'ACTIVE' } as const;
  await em.insert(keyEntity, row);
  return row;
}

type RegistryKeyRow = Parameters<typeof keyView>[0];
