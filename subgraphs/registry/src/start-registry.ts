/**
 * Runs the registry on a port of its own.
 * @see design/architecture.md «Layout»
 */
import { createServer } from 'node:http';

import { provinceCodes, serveGraph } from '@hub/kit';
import { listenOn, type Trust } from '@hub/kit/process';
import type { Province } from '@hub/schema';

import { type RegistryContext, buildRegistrySchema } from './registry-schema.ts';
import { type RegisteredSystem, openSystemTable } from './system-table.ts';

/** A running registry. */
export interface Registry extends AsyncDisposable {
  /** Where its graph is served. */
  readonly url: string;
  /** All systems by code, those that the province folder no longer has among them: what may be routed by. */
  systems(): Promise<readonly RegisteredSystem[]>;
}

/** How to run it. */
export interface RegistryOptions {
  readonly databaseUrl: string;
  readonly province: Province;
  /** Whose questions to the graph are answered; the audience is `registry`. */
  readonly trust: Trust;
  /** 0 takes a free port. */
  readonly port: number;
  readonly onFault: (cause: unknown) => void;
}

/** @throws HubError PORT_IN_USE, DATABASE_UNREACHABLE. */
export async function startRegistry({ databaseUrl, province, trust, port, onFault }: RegistryOptions): Promise<Registry> {
  await using opened = new AsyncDisposableStack();
  const table = opened.use(await openSystemTable(databaseUrl, province));
  const graph = opened.use(await serveGraph<RegistryContext & object>(buildRegistrySchema(), onFault));
  const context = { table, codes: provinceCodes(province) };
  const server = createServer(graph.listener({ verifier: trust.verifierFor('registry'), context: () => context }));
  const listening = await listenOn(server, port);
  opened.defer(() => closeServer(server));
  const running = opened.move();
  return {
    url: `http://127.0.0.1:${listening}/graphql`,
    systems: () => table.all(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  return promise;
}
