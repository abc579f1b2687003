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
import { worksSupergraph } from './works.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions: Record<string, unknown> }[] | undefined;
  readonly extensions: Record<string, unknown> | undefined;
}

export interface WorksGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly systems: Readonly<Record<string, FakeSystem>>;
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
  const systems: Record<string, FakeSystem> = {};
  for (const [code, rows] of Object.entries(tables)) systems[code] = opened.use(await startFakeSystem(code, rows));

  const events: GatewayEvent[] = [];
  const waiting: { readonly kind: string; readonly resolve: (event: GatewayEvent) => void }[] = [];
  const gateway = opened.use(
    await startGateway({
      supergraph,
      port: 0,
      log: createLog('test', 'silent'),
      systems: Object.values(systems).map(rowOf),
      endpoints: { registry: 'http://127.0.0.1:9/graphql' },
      systemDeadlineMs: 1000,
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
  return {
    gateway,
    systems,
    events,
    supergraph,
    async ask(query, variables = {}, token) {
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const { data, errors, extensions } = await response.json();
      return { status: response.status, headers: response.headers, data, errors, extensions };
    },
    next(kind) {
      const { promise, resolve } = Promise.withResolvers<GatewayEvent>();
      waiting.push({ kind, resolve });
      return promise;
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
