/**
 * A hub's store in a database of its own, and a bridge that writes for one of its systems: what the tests of bridges begin with.
 */
import { type BridgeCount, type RowFinding, type RunOptions, parseMapping, readMapping, runBridge } from '@hub/bridge';
import { type SystemStore, openStore, provinceCodes } from '@hub/kit';
import { migratedForSystems, openTestDatabase } from '@hub/kit/testing';
import { law } from '@hub/schema';
import { systemRows } from '@hub/trading';
import postgres from 'postgres';

import { toyProvince } from './toy-province.ts';

/** The store. */
export interface BridgeWorld extends AsyncDisposable {
  readonly url: string;
  /** The system that is written for. */
  readonly target: SystemStore;
  /** Goes on with a system nobody has used before: rows of two systems never meet. */
  nextSystem(): void;
  /** Statements on the hub's database. */
  readonly sql: postgres.Sql;
}

/** How one run of a bridge differs from the usual one. */
export interface Run {
  /** The mapping as a document; or the path of a file. */
  readonly mapping: object | string;
  readonly env?: RunOptions['env'];
  readonly home?: string;
  readonly nowMs?: number;
  readonly withdrawMany?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (count: BridgeCount) => void;
}

/** What a run brought and told. */
export interface Ran {
  readonly count: BridgeCount;
  readonly findings: readonly RowFinding[];
}

/** One version of a record. */
export interface Version {
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
  readonly op: string;
  readonly superseded: boolean;
  readonly hash: string;
  readonly wire: object;
}

/** Opens a store that a hub of the toy province was started on. */
export async function openBridgeWorld(): Promise<BridgeWorld> {
  const database = await openTestDatabase(migratedForSystems(await toyProvince()));
  const contracts = law().contracts.flatMap(({ contract }) => (['board', 'construction'].includes(contract.name) ? [contract] : []));
  const store = await openStore({ url: database.url, contracts, poolSize: 4 });
  const province = await toyProvince();
  const [system] = systemRows(province, ['xingcheng']);
  if (system === undefined) throw new RangeError('The toy province has no such system.');
  const sql = postgres(database.url, { max: 2, onnotice: () => {} });
  let systems = 0;
  const codes = provinceCodes(province);
  let target = { store, system, codes };
  return {
    url: database.url,
    get target() {
      return target;
    },
    nextSystem() {
      systems += 1;
      target = { store, codes, system: { ...system, code: `city-${systems}` } };
    },
    sql,
    async [Symbol.asyncDispose]() {
      await sql.end();
      await store[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Runs one round. */
export async function runOnce(world: BridgeWorld, run: Run): Promise<Ran> {
  const findings: RowFinding[] = [];
  const { code } = world.target.system;
  const given = typeof run.mapping === 'string' ? await readMapping(run.mapping) : parseMapping(JSON.stringify(run.mapping), 'mapping');
  const count = await runBridge(
    {
      mapping: { ...given, system: code },
      target: world.target,
      nowMs: () => run.nowMs ?? Date.now(),
      signal: run.signal ?? new AbortController().signal,
      withdrawMany: run.withdrawMany ?? false,
      onFinding: (finding) => void findings.push(finding),
      onProgress: (_, count) => run.onProgress?.(count),
    },
    { env: run.env ?? {}, home: run.home ?? '/', intervalMs: undefined, onRound: () => {}, onFailure: () => {} },
  );
  return { count, findings };
}

/** Every version of every record that came from outside, without what tells one run from another. */
export async function versionsIn({ sql, target }: BridgeWorld): Promise<readonly Version[]> {
  const rows = await sql<Version[]>`select dataset, key, version, op, superseded, hash, wire from record_version
    where system = ${target.system.code} order by dataset, key, version`;
  return [...rows];
}

/** Of every withdrawal its key and why. */
export async function reasonsIn({ sql, target }: BridgeWorld): Promise<readonly (readonly [string, string])[]> {
  const rows = await sql<{ key: string; reason: string }[]>`select key, reason from outbox
    where system = ${target.system.code} and op = 'withdraw' order by id`;
  return rows.map(({ key, reason }) => [key, reason] as const);
}

/** Wire forms of what stands, by key. */
export async function standingIn({ sql, target }: BridgeWorld, table = 'notice'): Promise<Readonly<Record<string, object>>> {
  const rows = await sql<
    { key: string; wire: object }[]
  >`select key, wire from ${sql(table)} where system = ${target.system.code} order by key`;
  return Object.fromEntries(rows.map(({ key, wire }) => [key, wire]));
}
