/**
 * The registry's one table: the province's systems, as `systems.json` has them. A system that the file no longer has stays,
 * withdrawn: its code is never given to another.
 * @see design/architecture.md «Words»
 */
import type { Province } from '@hub/schema';
import { EntitySchema, MikroORM } from '@mikro-orm/postgresql';

/** One row of the registry. */
export interface RegisteredSystem {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly owner: string;
  readonly ownerCode: string | null;
  readonly region: string;
  readonly platformCodes: readonly string[];
  readonly contracts: readonly string[];
  readonly state: 'PUBLISHED' | 'WITHDRAWN';
  /** ISO 8601 with zone. */
  readonly registeredAt: string;
}

const systemEntity = new EntitySchema<RegisteredSystem>({
  name: 'RegisteredSystem',
  tableName: 'registry_system',
  properties: {
    code: { type: 'text', columnType: 'text', collation: 'C', primary: true },
    name: { type: 'text', columnType: 'text' },
    nameEn: { type: 'text', columnType: 'text' },
    owner: { type: 'text', columnType: 'text' },
    ownerCode: { type: 'text', columnType: 'text', nullable: true },
    region: { type: 'text', columnType: 'text' },
    platformCodes: { type: 'json', columnType: 'jsonb' },
    contracts: { type: 'json', columnType: 'jsonb' },
    state: { type: 'text', columnType: 'text' },
    registeredAt: { type: 'text', columnType: 'text' },
  },
});

/** The registry's store. */
export interface SystemTable extends AsyncDisposable {
  /** All systems, by code. */
  all(): Promise<readonly RegisteredSystem[]>;
}

/**
 * Opens the table in a database, makes it when it is missing, and brings it to what the province folder says now.
 * @param url - `postgresql://…`
 */
export async function openSystemTable(url: string, province: Province): Promise<SystemTable> {
  const orm = await MikroORM.init({ clientUrl: url, entities: [systemEntity], pool: { min: 0, max: 2 } });
  await orm.schema.update({ safe: true });
  const seed = province.systems.map((row): RegisteredSystem => ({
    ...row,
    owner: row.owner.name,
    ownerCode: row.owner.creditCode ?? null,
    platformCodes: row.platformCodes.map(({ platform, tradePlat }) => `${platform}/${tradePlat}`),
  }));
  await orm.em.fork().transactional(async (em) => {
    await em.nativeUpdate(systemEntity, { code: { $nin: seed.map(({ code }) => code) } }, { state: 'WITHDRAWN' });
    await em.upsertMany(systemEntity, seed, { onConflictAction: 'merge' });
  });
  return {
    all: () => orm.em.fork().find(systemEntity, {}, { orderBy: { code: 'asc' } }),
    [Symbol.asyncDispose]: () => orm.close(true),
  };
}
