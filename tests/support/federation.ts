/**
 * A small province that really runs: systems, registry and gateway over HTTP, a proxy in front of each system, and beside
 * them the one server that holds the union.
 * @see design/partitioning.md «Properties»
 */
import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';

import { type Gateway, type GatewayEvent, type GatewayOptions, type SystemRow as Route, startGateway } from '@hub/gateway';
import { provinceCodes } from '@hub/kit';
import { type ManualClock, createLog, manualClock } from '@hub/kit/process';
import { migratedForSystems, openTestDatabase } from '@hub/kit/testing';
import { startRegistry } from '@hub/registry';
import type { CodeLists, Province } from '@hub/schema';
import { type RunningSystem, startSystems } from '@hub/trading';
import type { GraphQLSchema } from 'graphql';

import { type Question, type Reply, ask } from './ask.ts';
import { callerToken, tokenSecret } from './caller-token.ts';
import { dice } from './dice.ts';
import { type Kept, fill } from './fill.ts';
import { gatewayKey, gatewayTrust } from './gateway-key.ts';
import { type Level, lawSchema } from './query/law-schema.ts';
import { type Behaviour, type SystemProxy, startProxy } from './system-proxy.ts';
import { boardRows } from './union/board-rows.ts';
import { type Union, unionOf } from './union/union.ts';
import { type UnionServer, apiSchema, startUnionServer } from './union/union-server.ts';
import { type Amount, poolOf, wireRecords } from './wire-records.ts';

/** What to start. */
export interface FederationOptions {
  readonly province: Province;
  /** Generated records of each system; none by default. */
  readonly records?: Omit<Amount, 'each'> & { readonly seed: number; readonly each: number | ((system: string) => number) };
  readonly gateway?: Partial<GatewayOptions>;
}

/** A question as some caller asks it. */
export interface CallerQuestion extends Question {
  readonly level?: Level;
}

/** A running province. */
export interface Federation extends AsyncDisposable {
  readonly province: Province;
  readonly codes: CodeLists;
  readonly systems: readonly RunningSystem[];
  /** The database that all of them keep their records in. */
  readonly databaseUrl: string;
  readonly registryUrl: string;
  /** By system. */
  readonly proxies: ReadonlyMap<string, SystemProxy>;
  readonly gateway: Gateway;
  /** The clock that the gateway judges outages by. */
  readonly clock: ManualClock;
  readonly events: readonly GatewayEvent[];
  /** What failed inside systems and the registry: with any, its end is an error. */
  readonly faults: readonly unknown[];
  /** The supergraph with the law's directives. */
  readonly law: GraphQLSchema;
  /** What every system took. */
  readonly kept: Kept[];
  readonly routes: readonly Route[];
  /** @returns The union of what the systems hold now, or of some of them. */
  union(among?: readonly string[]): Promise<Union>;
  readonly unionServer: UnionServer;
  /** Asks the gateway. */
  ask(question: CallerQuestion): Promise<Reply>;
  /** Asks the server with the union. */
  askUnion(question: Question): Promise<Reply>;
  /** Changes how systems behave; all of them when none is named. */
  make(behaviour: Behaviour, systems?: readonly string[]): Promise<void>;
  /** Makes every system healthy again and lets the gateway notice. */
  heal(): Promise<void>;
}

/** The supergraph as it is committed. */
export const supergraphFile = fileURLToPath(new URL('../../schema/generated/supergraph.graphql', import.meta.url));
/** Where the gateway's clock stands at the beginning. */
export const clockStart = Date.parse('2026-11-22T04:00:00Z');
/** Longer than any outage is remembered without another look. */
const healedMs = 60_000;

/** Starts everything; `await using` ends it. */
export async function startFederation({ province, records, gateway: wanted }: FederationOptions): Promise<Federation> {
  await using opened = new AsyncDisposableStack();
  const faults: unknown[] = [];
  opened.defer(() => {
    if (faults.length > 0) throw new AggregateError(faults, 'systems failed inside');
  });
  const onFault = (cause: unknown): void => void faults.push(cause);
  const database = opened.use(await openTestDatabase(migratedForSystems(province)));
  const { systems } = opened.use(await startSystems({ databaseUrl: database.url, province, trust: gatewayTrust, onFault }));
  const registry = opened.use(await startRegistry({ databaseUrl: database.url, province, trust: gatewayTrust, port: 0, onFault }));
  const kept: Kept[] = [];
  for (const system of systems) {
    if (records === undefined) continue;
    const pool = poolOf(province, system.system, system.codes);
    const throws = dice(records.seed * 1000 + province.systems.indexOf(system.system));
    const each = typeof records.each === 'number' ? records.each : records.each(system.system.code);
    kept.push(...(await fill(system, wireRecords(throws, system.system, { datasets: records.datasets, each, pool }))));
  }
  const proxies = new Map<string, SystemProxy>();
  for (const [place, { system, url }] of systems.entries()) {
    const other = systems[(place + 1) % systems.length]?.system.code ?? 'other';
    proxies.set(system.code, opened.use(await startProxy({ system: system.code, other, url })));
  }
  const routes = systems.map(({ system: { code, name, contracts, state } }): Route => ({
    code,
    name,
    contracts,
    url: proxies.get(code)?.url ?? '',
    state: state === 'WITHDRAWN' ? 'withdrawn' : 'published',
  }));
  const clock = manualClock(clockStart);
  const events: GatewayEvent[] = [];
  const gateway = opened.use(
    await startGateway({
      supergraph: supergraphFile,
      port: 0,
      log: createLog('gateway', 'silent'),
      systems: routes,
      endpoints: { registry: registry.url },
      key: gatewayKey,
      reach: { loopback: true },
      tokens: { tokenSecret },
      clock,
      pollMs: 3_600_000,
      systemDeadlineMs: 20_000,
      operationDeadlineMs: 30_000,
      onEvent: (event) => void events.push(event),
      ...wanted,
    }),
  );
  const codes = provinceCodes(province);
  const union = async (among?: readonly string[]): Promise<Union> =>
    unionOf({ province, codes, kept, board: await boardRows(database.url) }, among);
  const sdl = await readFile(supergraphFile, 'utf8');
  const unionServer = opened.use(await startUnionServer(await apiSchema(sdl), await union()));
  const running = opened.move();
  const make = async (behaviour: Behaviour, among: readonly string[] = [...proxies.keys()]): Promise<void> => {
    for (const code of among) await proxies.get(code)?.behave(behaviour);
  };
  const askGateway = async ({ level = 'PUBLIC', ...question }: CallerQuestion): Promise<Reply> =>
    ask(`${gateway.url}/graphql`, { ...question, token: await callerToken(level) });
  return {
    province,
    codes,
    systems,
    databaseUrl: database.url,
    registryUrl: registry.url,
    proxies,
    gateway,
    clock,
    events,
    faults,
    law: lawSchema(sdl),
    kept,
    routes,
    union,
    unionServer,
    ask: askGateway,
    askUnion: (question) => ask(unionServer.url, question),
    make,
    async heal() {
      await make('healthy');
      clock.advance(healedMs);
      // The first question after an outage is the one that tries a system again.
      await askGateway({ query: '{ notices(first: 1) { totalCount } }' });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
