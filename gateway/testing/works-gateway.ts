/**
 * A gateway over fake systems, started for one test and gone with it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createLog } from '@hub/kit/process';

import type { GatewayEvent } from '../src/events.ts';
import type { SystemRow } from '../src/route/table.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../src/server.ts';
import { type FakeSystem, startFakeSystem, type WorkRow } from './fake-system.ts';
import { at } from './json.ts';
import { worksSupergraph } from './works.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: unknown;
  readonly extensions: unknown;
}

export interface WorksGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly systems: readonly FakeSystem[];
  /** @throws Error when there is no such system. */
  system(code: string): FakeSystem;
  /** Makes a system hang up on every request, or on those whose body holds `only`. */
  kill(code: string, only?: string): void;
  /** Undoes everything a test did to the systems and the routing table. */
  heal(): void;
  readonly events: readonly GatewayEvent[];
  /** File of the supergraph in service. */
  readonly supergraph: string;
  /** Asks by POST. */
  ask(query: string, variables?: Record<string, unknown>, token?: string): Promise<Answer>;
  /** Resolves at the next event of this kind. */
  next(kind: GatewayEvent['kind']): Promise<GatewayEvent>;
}

/** The routing table's row of a fake. */
export function rowOf({ code, url }: FakeSystem): SystemRow {
  return { code, name: `${code}系统`, url, state: 'published' };
}

/** Three systems: numbers that do not sort as text, text that does not sort as UTF-16, nulls, a copy, two originals of one code. */
export const threeTables: Readonly<Record<string, readonly WorkRow[]>> = {
  aa: [
    { code: 'A-1', title: '（甲', price: '9.5', publishedAt: day(1), secret: 's1' },
    { code: 'A-2', title: '𠮷', price: '10', publishedAt: null, secret: null },
    { code: 'BOTH', title: '双', price: '1', publishedAt: day(5), origin: 'ORIGINAL' },
    { code: 'TWICE', title: '重', price: null, publishedAt: day(7), origin: 'ORIGINAL' },
  ],
  bb: [
    { code: 'B-1', title: '乙', price: '-3', publishedAt: day(2), secret: 's2' },
    { code: 'BOTH', title: '双', price: '1', publishedAt: day(5), origin: 'COPY' },
    { code: 'TWICE', title: '重', price: null, publishedAt: day(7), origin: 'ORIGINAL' },
  ],
  cc: [{ code: 'C-1', title: '丙', price: '100', publishedAt: day(3), secret: 's3' }],
};

function day(number: number): string {
  return `2026-01-0${number}T00:00:00.000000Z`;
}

let sdl: string | undefined;

/** Starts one system for each entry of `tables` and a gateway over them. */
export async function startWorks(
  tables: Readonly<Record<string, readonly WorkRow[]>>,
  options: Partial<GatewayOptions> = {},
): Promise<WorksGateway> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-gateway-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, (sdl ??= worksSupergraph()));
  const systems: FakeSystem[] = [];
  for (const [code, rows] of Object.entries(tables)) systems.push(opened.use(await startFakeSystem(code, rows)));

  const events: GatewayEvent[] = [];
  const waiting: { readonly kind: string; readonly resolve: (event: GatewayEvent) => void }[] = [];
  const gateway = opened.use(
    await startGateway({
      supergraph,
      port: 0,
      log: createLog('test', 'silent'),
      systems: systems.map(rowOf),
      reach: { loopback: true },
      endpoints: { registry: 'http://127.0.0.1:9/graphql' },
      systemDeadlineMs: 1000,
      // Every test begins with every system worth asking.
      health: { failures: 1000, probeMs: 1, maxProbeMs: 1 },
      onEvent(event) {
        events.push(event);
        for (const { kind, resolve } of waiting.splice(0)) {
          if (kind === event.kind) resolve(event);
          else waiting.push({ kind, resolve });
        }
      },
      ...options,
    }),
  );
  const held = opened.move();
  const system = (code: string): FakeSystem => {
    const found = systems.find((candidate) => candidate.code === code);
    if (found === undefined) throw new Error(`no system ${code}`);
    return found;
  };
  return {
    gateway,
    systems,
    system,
    kill(code, only = '') {
      system(code).misbehave = (request, _response, body) => {
        if (!body.includes(only)) return false;
        request.socket.destroy();
        return true;
      };
    },
    heal() {
      for (const each of systems) Object.assign(each, { misbehave: undefined, alter: undefined, requests: [] });
      gateway.setSystems(systems.map(rowOf));
    },
    events,
    supergraph,
    async ask(query, variables = {}, token) {
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const answer: unknown = await response.json();
      return { status: response.status, data: at(answer, 'data'), errors: at(answer, 'errors'), extensions: at(answer, 'extensions') };
    },
    next(kind) {
      const { promise, resolve } = Promise.withResolvers<GatewayEvent>();
      waiting.push({ kind, resolve });
      return promise;
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
