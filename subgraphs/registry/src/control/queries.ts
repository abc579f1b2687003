/**
 * The questions of the control interface.
 * @see control.graphql
 */
import { type KeyRole, keyEntity, systemEntity } from '../store/entities.ts';
import { checkEntity, healthEntity, historyEntity, sdlEntity, versionEntity } from '../store/entities.ts';
import { type Actor, assertMayAct, assertRole, mayAct } from './actor.ts';
import type { ControlContext } from './context.ts';
import { findSystem } from './find-system.ts';
import { refused } from './refused.ts';
import { keyView, systemView, systemViews } from './views.ts';

interface OfSystem {
  readonly system: string;
}

/** Resolvers of `Query`. */
export const queries = {
  whoami: (
    _: unknown,
    { actor }: ControlContext,
  ): Pick<Actor, 'kid' | 'contracts'> & { readonly name: string; readonly role: KeyRole } => ({
    name: actor.issuer,
    role: actor.role,
    kid: actor.kid,
    contracts: actor.contracts,
  }),

  systems: (_: unknown, { store, actor }: ControlContext) =>
    store.read(async (em) => {
      const rows = await em.find(systemEntity, {}, { orderBy: { code: 'asc' } });
      const seen = rows.filter(({ code }) => mayAct(actor, code));
      return systemViews(seen, store);
    }),

  system: ({ code }: { readonly code: string }, { store, actor }: ControlContext) => {
    assertMayAct(actor, code);
    return store.read(async (em) => {
      const row = await em.findOne(systemEntity, { code });
      return row === null ? null : systemView(row, store);
    });
  },

  keys: ({ system }: OfSystem, { store, actor, clock }: ControlContext) => {
    assertMayAct(actor, system);
    return store.read(async (em) => {
      await findSystem(em, system);
      const rows = await em.find(keyEntity, { role: 'SYSTEM', issuer: system }, { orderBy: { since: 'asc', kid: 'asc' } });
      return rows.map((row) => keyView(row, clock.nowMs()));
    });
  },

  versions: ({ system }: OfSystem, { store, actor }: ControlContext) => {
    assertMayAct(actor, system);
    return store.read(async (em) => {
      const { version } = await findSystem(em, system);
      const rows = await em.find(versionEntity, { system }, { orderBy: { number: 'desc' } });
      return rows.map((row) => ({
        ...row,
        submittedAt: row.submittedAt.toISOString(),
        current: row.number === version,
        // Megabytes: read only when they are asked for.
        sdl: () => store.read(async (reader) => (await reader.findOneOrFail(sdlEntity, { sha256: row.sha256 })).text),
      }));
    });
  },

  checks: ({ system, last }: OfSystem & { readonly last: number }, { store, actor }: ControlContext) => {
    assertMayAct(actor, system);
    assertWithin(last, 100);
    return store.read(async (em) => {
      const rows = await em.find(checkEntity, { system }, { orderBy: { id: 'desc' }, limit: last });
      return rows.map((row) => ({ ...row, checkedAt: row.checkedAt.toISOString() }));
    });
  },

  history: (
    { system, after, first }: { readonly system?: string | null; readonly after: number; readonly first: number },
    { store, actor }: ControlContext,
  ) => {
    if (system === undefined || system === null) assertRole(actor, 'OPERATOR');
    else assertMayAct(actor, system);
    assertWithin(first, 500);
    const of = system === undefined || system === null ? {} : { system };
    return store.read(async (em) => {
      const rows = await em.find(historyEntity, { ...of, position: { $gt: after } }, { orderBy: { position: 'asc' }, limit: first });
      return rows.map((row) => ({ ...row, at: row.at.toISOString(), detail: JSON.stringify(row.detail) }));
    });
  },

  health: ({ system }: OfSystem, { store, actor }: ControlContext) => {
    assertMayAct(actor, system);
    return store.read(async (em) => {
      const rows = await em.find(healthEntity, { system }, { orderBy: { gateway: 'asc' } });
      return rows.map((row) => ({
        ...row,
        lastContactAt: row.lastContactAt?.toISOString() ?? null,
        reportedAt: row.reportedAt.toISOString(),
      }));
    });
  },
};

function assertWithin(count: number, most: number): void {
  if (count >= 1 && count <= most) return;
  throw refused(`条数应为 1–${most}，现为 ${count}。`, `Ask for 1 to ${most}, not ${count}.`);
}
