/**
 * What the graph tells of a system’s past: its versions, its checks in figures, what happened to it. Each is read for all
 * systems of a request at once, when it is first asked for.
 * @see schema/contracts/registry.graphql
 */
import { instantOf } from '@hub/kit/process';
import { printInstant } from '@hub/schema';

import { keyEntity, versionEntity } from './store/entities.ts';
import type { RegistryStore } from './store/open-store.ts';
import { type EventRow, toldEvents } from './told-events.ts';

/** Entries of each list. */
export const mostTold = 20;

/** A version that was published. */
export interface ToldVersion {
  readonly number: number;
  readonly publishedAt: string;
  readonly contracts: readonly string[];
  readonly sha256: string;
}

/** A check in figures. */
export interface ToldCheck {
  readonly checkedAt: string;
  readonly passed: boolean;
  readonly refusals: number;
  readonly warnings: number;
}

type BySystem<Value> = ReadonlyMap<string, Value>;

/** All systems' records, by code. */
export interface SystemRecords {
  readonly versions: () => Promise<BySystem<readonly ToldVersion[]>>;
  /** Of the version in force. */
  readonly check: () => Promise<BySystem<ToldCheck>>;
  readonly checks: () => Promise<BySystem<readonly ToldCheck[]>>;
  readonly events: () => Promise<BySystem<ReturnType<typeof toldEvents>>>;
  /** The latest end of a key that is good now; null: one has none. */
  readonly keyValidUntil: () => Promise<BySystem<string | null>>;
}

const figures = `c.system::text as "system", c.checked_at as "checkedAt", c.passed::boolean as "passed",
  jsonb_array_length(jsonb_path_query_array(c.findings, '$[*] ? (@.severity == "REFUSAL")'))::int as "refusals",
  jsonb_array_length(jsonb_path_query_array(c.findings, '$[*] ? (@.severity == "WARNING")'))::int as "warnings"`;

const checkInForce = `select distinct on (c.system) ${figures}
from registry_system s
join registry_version v on v.system = s.code and v.number = s.version
join registry_check c on c.system = v.system and c.sha256 = v.sha256 and c.contracts = v.contracts
order by c.system, c.id desc`;

const lastChecks = `select ${figures}
from (select *, row_number() over (partition by system order by id desc) as place from registry_check) c
where c.place <= ${mostTold}::int
order by c.system, c.place`;

/** Each start of a hub publishes where its systems are: what was no change to others is left out afterwards. */
const lastEvents = `select h.system::text as "system", h.at as "at", h.what::text as "what", (h.detail->>'version')::int as "version",
  h.detail->>'reason' as "reason"
from (select *, row_number() over (partition by system order by position desc) as place from registry_history
      where what in ('SEEDED', 'REGISTERED', 'PUBLISHED', 'WITHDRAWN', 'REPUBLISHED', 'ROLLED_BACK')) h
where h.place <= 200::int
order by h.system, h.place desc`;

interface CheckRow {
  readonly system: string;
  readonly checkedAt: Date | string;
  readonly passed: boolean;
  readonly refusals: number;
  readonly warnings: number;
}

/** @returns What reads each part once, when first called. */
export function recordsOf(store: RegistryStore): SystemRecords {
  return {
    versions: once(async () => {
      const rows = await store.read((em) => em.find(versionEntity, {}, { orderBy: { number: 'desc' } }));
      return grouped(rows, ({ number, submittedAt, contracts, sha256 }) => ({
        number,
        contracts,
        sha256,
        publishedAt: print(submittedAt),
      }));
    }),
    check: once(async () => {
      const rows = await store.read((em) => em.execute<CheckRow[]>(checkInForce));
      return new Map(rows.map((row) => [row.system, toldCheck(row)]));
    }),
    checks: once(async () => grouped(await store.read((em) => em.execute<CheckRow[]>(lastChecks)), toldCheck)),
    events: once(async () => {
      const rows = await store.read((em) => em.execute<(EventRow & { readonly system: string })[]>(lastEvents));
      const bySystem = Map.groupBy(rows, ({ system }) => system);
      return new Map([...bySystem].map(([system, of]) => [system, toldEvents(of, print).slice(0, mostTold)]));
    }),
    keyValidUntil: once(async () => {
      const now = new Date(store.clock.nowMs());
      const rows = (await store.read((em) => em.find(keyEntity, { role: 'SYSTEM', state: 'ACTIVE', since: { $lte: now } }))).filter(
        ({ until }) => until === null || until > now,
      );
      const ends = Map.groupBy(rows, ({ issuer }) => issuer);
      return new Map([...ends].map(([system, keys]) => [system, latest(keys.map(({ until }) => until))]));
    }),
  };
}

function latest(ends: readonly (Date | null)[]): string | null {
  const times = ends.map((end) => end?.getTime() ?? Infinity);
  const last = Math.max(...times);
  return last === Infinity ? null : print(new Date(last));
}

function toldCheck({ checkedAt, passed, refusals, warnings }: CheckRow): ToldCheck {
  return { checkedAt: print(checkedAt), passed, refusals, warnings };
}

function grouped<Row extends { readonly system: string }, Told>(rows: readonly Row[], told: (row: Row) => Told): BySystem<readonly Told[]> {
  const bySystem = Map.groupBy(rows, ({ system }) => system);
  return new Map([...bySystem].map(([system, of]) => [system, of.map(told)]));
}

function print(at: Date | string): string {
  const ms = new Date(at).getTime();
  return printInstant(instantOf({ nowMs: () => ms }));
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined;
  return () => (reading ??= read());
}
