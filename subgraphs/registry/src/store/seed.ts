/**
 * The province folder only sows: rows the registry does not know are added; what it knows, it rules itself, and a row that the
 * folder changes afterwards is told and not taken.
 * @see README «Decisions» 2026-11-23
 */
import { createHash } from 'node:crypto';

import type { Province, SystemRow } from '@hub/schema';

import { type RegisteredSystem, systemEntity } from './entities.ts';
import type { RegistryStore } from './open-store.ts';

/** What of the folder was not taken, by code. */
export interface SeedNotes {
  /** Rows that the folder changed since the registry took them. */
  readonly changed: readonly string[];
  /** Systems the folder no longer has; they stay. */
  readonly gone: readonly string[];
}

/** Adds the rows that are new. @returns What was not taken. */
export function seedSystems(store: RegistryStore, { systems }: Province): Promise<SeedNotes> {
  return store.change(async ({ em, tell }) => {
    const known = new Map((await em.find(systemEntity, {})).map((row) => [row.code, row]));
    for (const row of systems.filter(({ code }) => !known.has(code))) {
      await em.insert(systemEntity, seeded(row));
      const event = { who: 'registry', kid: null, what: 'SEEDED', system: row.code, detail: {}, routing: true } as const;
      await tell(event);
    }
    const old = systems.flatMap((row) => ({ row, entry: known.get(row.code) }));
    // Of a database of an earlier release it is not known which row they were made from: they followed the file until now.
    for (const { row, entry } of old) {
      if (entry?.seed === null) await em.nativeUpdate(systemEntity, { code: row.code }, { seed: digestOf(row) });
    }
    const codes = new Set(systems.map(({ code }) => code));
    return {
      changed: old.flatMap(({ row, entry }) => (entry?.seed != null && entry.seed !== digestOf(row) ? row.code : [])),
      gone: [...known.values()].flatMap(({ code, seed, state }) =>
        seed !== null && state === 'PUBLISHED' && !codes.has(code) ? code : [],
      ),
    };
  });
}

function seeded(row: SystemRow): RegisteredSystem {
  const { code, name, nameEn, owner, region, platformCodes, contracts, state, registeredAt } = row;
  return {
    code,
    name,
    nameEn,
    owner: owner.name,
    ownerCode: owner.creditCode ?? null,
    region,
    platformCodes: platformCodes.map(({ platform, tradePlat }) => `${platform}/${tradePlat}`),
    contracts: [...contracts],
    state,
    registeredAt,
    coverageRegions: [],
    coverageFrom: null,
    endpoint: null,
    version: null,
    seed: digestOf(row),
  };
}

function digestOf({ code, name, nameEn, owner, region, platformCodes, contracts, state, registeredAt }: SystemRow): string {
  const parts = [code, name, nameEn, owner.name, owner.creditCode ?? null, region, platformCodes, contracts, state, registeredAt];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
