/**
 * A system publishes: who may, what is fit to be asked, all findings at once; then one transaction, and the gateways follow.
 * @see README «Publishing»
 */
import { createHash } from 'node:crypto';

import type { EntityManager } from '@mikro-orm/postgresql';

import { droppedContracts } from '../checks/dropped-contracts.ts';
import type { Judged } from '../checks/judge.ts';
import { isOwnLaw } from '../contracts/own-law.ts';
import { checkEntity, type RegisteredSystem, sdlEntity, systemEntity, versionEntity } from '../store/entities.ts';
import type { Change } from '../store/open-store.ts';
import { assertMayAct, assertMayServe } from './actor.ts';
import { assertContracts, assertSoleHolder } from './contracts.ts';
import type { ControlContext } from './context.ts';
import { findSystem } from './find-system.ts';
import { refused } from './refused.ts';
import { systemView, type SystemView } from './views.ts';

/** What is sent; what is absent stays as it is. */
export interface PublishInput {
  readonly system: string;
  readonly sdl?: string | null;
  readonly endpoint?: string | null;
  readonly contracts?: readonly string[] | null;
  readonly dryRun: boolean;
}

/** What came of it. */
export interface Publication {
  readonly published: boolean;
  readonly dryRun: boolean;
  readonly system: SystemView;
  readonly position: number | null;
  readonly findings: Judged['findings'];
  readonly durationMs: number;
}

/** What is to be in force. */
interface Wanted {
  readonly contracts: readonly string[];
  readonly endpoint: string;
  readonly sdl: { readonly text: string; readonly sha256: string } | undefined;
}

/** @throws HubError FORBIDDEN, SYSTEM_UNKNOWN, REGISTRATION_INVALID. */
export async function publishSystem({ input }: { readonly input: PublishInput }, context: ControlContext): Promise<Publication> {
  const { actor, store } = context;
  assertMayAct(actor, input.system);
  const before = await store.read((em) => findSystem(em, input.system));
  const wanted = await wantedOf(input, before, context);
  const judged = await judgeWanted(wanted, before, context);
  return store.change(async (change) => {
    const { em } = change;
    const row = await findSystem(em, input.system);
    if (wanted.sdl !== undefined) await keepCheck(change, { context, row, wanted: { ...wanted, sdl: wanted.sdl }, judged });
    const publishes = judged.passed && !input.dryRun;
    const position = publishes ? await putInForce(change, { context, row, wanted }) : null;
    const now = await findSystem(em, input.system);
    return {
      published: publishes,
      dryRun: input.dryRun,
      system: systemView(now, store),
      position,
      findings: judged.findings,
      durationMs: judged.durationMs,
    };
  });
}

async function judgeWanted(
  { sdl, contracts }: Wanted,
  before: RegisteredSystem,
  { store, book, judge, clock, actor }: ControlContext,
): Promise<Judged> {
  const dropped =
    before.endpoint !== null && before.state === 'PUBLISHED' ? before.contracts.filter((name) => !contracts.includes(name)) : [];
  const { texts, told } = await store.read(async (em) => {
    const inForce = await book.inForce(em);
    return { texts: inForce.texts, told: await droppedContracts(em, dropped, { law: inForce.texts, nowMs: clock.nowMs() }) };
  });
  const judged =
    sdl === undefined ? nothingToJudge : await judge({ ...sdl, contracts, by: actor.issuer, law: isOwnLaw(texts.law) ? undefined : texts });
  return { ...judged, findings: [...judged.findings, ...told] };
}

const nothingToJudge: Judged = { passed: true, findings: [], durationMs: 0 };

async function wantedOf(
  { sdl, endpoint, contracts, dryRun }: PublishInput,
  before: RegisteredSystem,
  context: ControlContext,
): Promise<Wanted> {
  const named = contracts ?? before.contracts;
  await context.store.read((em) => assertContracts(em, named));
  assertMayServe(context.actor, named);
  // Where it will be need not be known to judge what it will serve.
  const url = endpoint ?? before.endpoint ?? (dryRun ? '' : null);
  if (url === null) throw refused('首次发布须给出 GraphQL 地址（endpoint）。', 'The first publication needs an endpoint.');
  if (endpoint !== undefined && endpoint !== null) context.assertReachable(endpoint);
  if (sdl !== undefined && sdl !== null) return { contracts: named, endpoint: url, sdl: { text: sdl, sha256: digestOf(sdl) } };
  if (before.state === 'DRAFT') throw refused('首次发布须附上 SDL。', 'The first publication needs the SDL.');
  // Other contracts mean another SDL: the one in force is compared with them.
  const same = named.length === before.contracts.length && named.every((name) => before.contracts.includes(name));
  if (same || before.version === null) return { contracts: named, endpoint: url, sdl: undefined };
  return { contracts: named, endpoint: url, sdl: await context.store.read((em) => sdlInForce(em, before)) };
}

async function sdlInForce(
  em: EntityManager,
  { code, version }: RegisteredSystem,
): Promise<{ readonly text: string; readonly sha256: string }> {
  const { sha256 } = await em.findOneOrFail(versionEntity, { system: code, number: version ?? 0 });
  const { text } = await em.findOneOrFail(sdlEntity, { sha256 });
  return { text, sha256 };
}

interface Publishing {
  readonly context: ControlContext;
  readonly row: RegisteredSystem;
  readonly wanted: Wanted;
}

async function keepCheck(
  { em, now }: Change,
  {
    context,
    row,
    wanted,
    judged,
  }: Publishing & { readonly wanted: Wanted & { readonly sdl: { readonly sha256: string } }; readonly judged: Judged },
): Promise<void> {
  await em.insert(checkEntity, {
    system: row.code,
    sha256: wanted.sdl.sha256,
    contracts: wanted.contracts,
    passed: judged.passed,
    findings: judged.findings,
    durationMs: judged.durationMs,
    checkedAt: now,
    kid: context.actor.kid,
  });
}

/** @returns The position of the change; null when everything was in force already. */
async function putInForce(change: Change, { context, row, wanted }: Publishing): Promise<number | null> {
  const { em, tell } = change;
  const { actor } = context;
  const { contracts, endpoint } = wanted;
  // A withdrawal is a decision: publishing does not undo it.
  const state = row.state === 'WITHDRAWN' ? 'WITHDRAWN' : 'PUBLISHED';
  if (state === 'PUBLISHED') await assertSoleHolder(em, { ...row, contracts });
  const version = await versionFor(change, { context, row, wanted });
  const routing = row.endpoint !== endpoint || row.state !== state || JSON.stringify(row.contracts) !== JSON.stringify(contracts);
  if (!routing && version === row.version) return null;
  await em.nativeUpdate(systemEntity, { code: row.code }, { contracts: [...contracts], endpoint, state, version });
  const detail = { endpoint, contracts, version };
  return tell({ who: actor.issuer, kid: actor.kid, what: 'PUBLISHED', system: row.code, detail, routing });
}

async function versionFor({ em, now }: Change, { context, row, wanted }: Publishing): Promise<number | null> {
  const { sdl, contracts } = wanted;
  if (sdl === undefined) return row.version;
  const inForce = row.version === null ? null : await em.findOne(versionEntity, { system: row.code, number: row.version });
  if (inForce?.sha256 === sdl.sha256 && JSON.stringify(inForce.contracts) === JSON.stringify(contracts)) return row.version;
  const [last] = await em.find(versionEntity, { system: row.code }, { orderBy: { number: 'desc' }, limit: 1 });
  const number = (last?.number ?? 0) + 1;
  await em.upsert(sdlEntity, { sha256: sdl.sha256, text: sdl.text }, { onConflictAction: 'ignore' });
  const { kid } = context.actor;
  await em.insert(versionEntity, { system: row.code, number, sha256: sdl.sha256, contracts: [...contracts], submittedAt: now, kid });
  return number;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
