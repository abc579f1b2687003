/**
 * The gateway as a running server: one port for queries, health and the pages for people.
 * @see design/architecture.md «The way of a query»
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import {
  type Clock,
  createSigner,
  gatewayIssuer,
  type Log,
  type Reach,
  type Resolve,
  type SigningKey,
  systemClock,
} from '@hub/kit/process';
import { type CodeLists, HubError } from '@hub/schema';

import { openTokenKeys, type TokenKeys } from './admit/caller.ts';
import { type Limits, usualLimits } from './admit/limits.ts';
import { type GatewayEvent, logEvents } from './events.ts';
import { Systems } from './fetch/systems.ts';
import { createCursorSeal } from './merge/cursor.ts';
import { type HeldPort, openPort } from './open-port.ts';
import { openDictionary } from './pages/dictionary.ts';
import { openExplorer } from './pages/explorer.ts';
import { openQualityPage } from './pages/quality.ts';
import { openSchemas } from './pages/schemas.ts';
import { openSystemsPage } from './pages/systems.ts';
import { type Generation, openGeneration } from './plan/generation.ts';
import { Generations, type GenerationsOptions } from './plan/generations.ts';
import { watchSupergraph } from './plan/supergraph.ts';
import { corsHeaders, preflightHeaders } from './respond/cors.ts';
import { live, ready } from './respond/health.ts';
import { type AnswerInParts, type HttpAnswer, json, refusal, write } from './respond/http.ts';
import { internalError } from './respond/mask.ts';
import { runOperation } from './respond/operation.ts';
import { askable } from './route/askable.ts';
import { followRegistry, type RegistryLink } from './route/follow-registry.ts';
import { followSupergraph } from './route/fetch-supergraph.ts';
import type { HealthOptions } from './route/health.ts';
import type { SystemRow } from './route/table.ts';
import { reportUsage } from './usage/report-usage.ts';
import { Usage } from './usage/usage.ts';

/** What a gateway is started with. */
export interface GatewayOptions {
  /** File or URL of the supergraph; a change is taken up while running. */
  readonly supergraph: string;
  /** Port on 127.0.0.1, 0 takes a free one; or one that a supervisor holds. */
  readonly port: number | HeldPort;
  readonly log: Log;
  /** The routing table at the beginning; empty for a supergraph without partitioned contracts. */
  readonly systems?: readonly SystemRow[];
  /** How far beyond the public Internet systems may be; nowhere unless it is said. */
  readonly reach?: Reach;
  /** Finds the addresses of systems' names; the machine's own resolver unless a test has another. */
  readonly resolve?: Resolve;
  /** Follows this registry's routing from now on; needs `key`. */
  readonly registry?: RegistryLink | undefined;
  /** Endpoints of logical subgraphs by name: `{ registry: 'http://127.0.0.1:5000/graphql' }` answers for the url `registry:`. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Queries that the explorer shows ready-made, as GraphQL documents that begin with a comment: the label. */
  readonly examples?: readonly string[];
  /** Code lists as the province's systems know them, for the dictionary; default the law's. */
  readonly codes?: CodeLists;
  /** Signs every request to systems and subgraphs; without it none is signed, and no system of the hub answers. */
  readonly key?: SigningKey | undefined;
  readonly tokens?: TokenKeys;
  /** Lets several gateways, and this one after a restart, read each other's cursors. */
  readonly cursorKey?: string | undefined;
  /** Origins whose pages may ask from a browser. */
  readonly corsOrigins?: readonly string[];
  /** Time for each system, ms; default 2000. */
  readonly systemDeadlineMs?: number;
  /** Time for a whole operation, ms; default 10000. */
  readonly operationDeadlineMs?: number;
  /** Time between two looks at the supergraph, ms; default 2000. */
  readonly pollMs?: number;
  readonly limits?: Limits;
  readonly health?: HealthOptions;
  readonly maxGroups?: number;
  /** What runs plans: ours, or the vendor's, which is the reference and the way back. Default ours. */
  readonly engine?: 'hub' | 'reference' | undefined;
  readonly clock?: Clock;
  /** Told of everything that is also logged. */
  readonly onEvent?: (event: GatewayEvent) => void;
}

/** A gateway that answers. */
export interface Gateway extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  /** Replaces the routing table; nothing is recomposed. @throws HubError CONFIG_INVALID, and the old table stays. */
  setSystems(rows: readonly SystemRow[]): void;
  /**
   * Takes no new connections, and answers each it has once more at most. Resolves when the last is gone, which takes as long as
   * clients keep theirs idle, 10 s at most and an operation; then dispose of it. Other processes go on answering on the port.
   */
  drain(): Promise<void>;
}

/**
 * Starts a gateway.
 * @throws HubError CONFIG_INVALID (supergraph, routing table, key file), PORT_IN_USE.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const log = logEvents(options.log);
  const report = (event: GatewayEvent): void => {
    log(event);
    options.onEvent?.(event);
  };
  await using opened = new AsyncDisposableStack();
  const identify = await openTokenKeys(options.tokens ?? {});
  // By the true time, whatever clock outages are judged by.
  const signer = options.key === undefined ? undefined : createSigner({ key: options.key, issuer: gatewayIssuer });
  const clock = options.clock ?? systemClock;
  const systems = opened.use(
    new Systems(options.systems ?? [], { clock, signer, health: options.health, reach: options.reach, resolve: options.resolve }),
  );
  const setSystems = (rows: readonly SystemRow[]): void => {
    systems.replace(rows);
    report({ kind: 'routing-replaced', systems: rows.length });
  };
  const { registry: link } = options;
  const adoptRouting = (rows: readonly SystemRow[]): void => setSystems(askable(rows, { reach: options.reach ?? {}, report }));
  const supergraphs = opened.use(followSupergraph({ link, signer, report }));
  const followed = { adopt: adoptRouting, want: supergraphs.want.bind(supergraphs), report, systems: () => systems.watched };
  const follower = link === undefined || signer === undefined ? undefined : opened.use(await followRegistry({ link, signer, ...followed }));
  const usage = link === undefined || signer === undefined ? undefined : new Usage(systemClock);
  // Ends when nothing is answered any more.
  if (link !== undefined && signer !== undefined && usage !== undefined) opened.use(reportUsage({ link, signer, usage, report }));
  const generation = {
    systems,
    seal: createCursorSeal(options.cursorKey),
    deadlineMs: options.systemDeadlineMs ?? 2000,
    maxGroups: options.maxGroups ?? 10_000,
    endpoints: options.endpoints ?? {},
    engine: options.engine ?? 'hub',
    signer,
    limits: options.limits ?? usualLimits,
    usage,
    log: options.log,
    report,
  };
  let adopt = (_text: string): void => {};
  const watch = opened.use(
    await watchSupergraph(options.supergraph, {
      pollMs: options.pollMs ?? 2000,
      onText: (text) => adopt(text),
      onUnreadable: (why) => report({ kind: 'supergraph-unreadable', why }),
    }),
  );
  const openWith: GenerationsOptions = { open: (sdl) => openGeneration(sdl, generation), report };
  const generations = opened.use(await supergraphs.first(watch.first, (sdl) => openFirst(sdl, openWith)));
  // Where the registry says which supergraph is in force, the file is only what the gateway was started with.
  adopt = (text) => void (supergraphs.rules ? undefined : generations.adopt(text));
  supergraphs.follow((text) => generations.adopt(text));

  const explorer = openExplorer(() => generations.current, options.examples ?? []);
  const dictionary = openDictionary(() => generations.current, options.codes);
  const inService = (): Generation => generations.current;
  const schemas = openSchemas(inService);
  const systemsPage = openSystemsPage({ inService, systems, identify, clock, followed: () => follower?.status });
  const qualityPage = openQualityPage({ inService, identify, clock });
  const corsOrigins = options.corsOrigins ?? [];
  const operation = { identify, generation: () => generations.current, deadlineMs: options.operationDeadlineMs ?? 10_000 };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<HttpAnswer | AnswerInParts> => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (path === '/health/live') return live();
    if (path === '/health/ready') return ready(generations.current, systems, { registry: follower?.status, contracts: supergraphs.status });
    if (path === '/') return explorer(request);
    if (path !== '/graphql') {
      const told =
        (await dictionary(path, request)) ??
        (await schemas(path, request)) ??
        (await systemsPage(path, request).catch(refused)) ??
        (await qualityPage(path, request).catch(refused));
      return told ?? json(404, { message: '没有这个地址。Not found.' });
    }
    if (request.method === 'OPTIONS') {
      return { status: 204, headers: preflightHeaders(request.headers.origin, corsOrigins), body: '' };
    }
    const answer = await runOperation(request, response, operation).catch(refused);
    return { ...answer, headers: { ...answer.headers, ...withVary(answer.headers, corsHeaders(request.headers.origin, corsOrigins)) } };
  };

  const listening = opened.use(
    await openPort(options.port, (request, response) => {
      respond(request, response)
        .catch((cause: unknown) => {
          report({ kind: 'fault', cause });
          return refusal(internalError(cause));
        })
        .then((answer) => write(response, answer))
        .catch((cause: unknown) => report({ kind: 'fault', cause }));
    }),
  );
  const held = opened.move();
  return {
    port: listening.port,
    url: `http://127.0.0.1:${listening.port}`,
    setSystems,
    drain: () => listening.drain(),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

function refused(error: unknown): HttpAnswer {
  if (!(error instanceof HubError)) throw error;
  return refusal(error);
}

async function openFirst(sdl: string, options: GenerationsOptions): Promise<Generations> {
  try {
    return await Generations.open(sdl, options);
  } catch (cause) {
    if (cause instanceof HubError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HubError('CONFIG_INVALID', { zh: `超图无效：${why}`, en: `The supergraph is not valid: ${why}`, cause });
  }
}

function withVary(own: Readonly<Record<string, string>>, cors: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return own['vary'] === undefined || cors['vary'] === undefined ? cors : { ...cors, vary: own['vary'] };
}
