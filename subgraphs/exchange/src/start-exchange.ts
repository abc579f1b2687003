/**
 * Runs the exchange on a port of its own: its graph at `/graphql`, what is signed at `/control`, the national side at `/exchange/…`,
 * its health at `/health`; and behind it harvest, sequencer, waiting changes and proof.
 * @see design/architecture.md «The way of a record»; README
 */
import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { provinceCodes, type Signers, type SystemStore, serveGraph } from '@hub/kit';
import {
  type Clock,
  createSigner,
  exchangeIssuer,
  listenOn,
  type PublicJwk,
  type Reach,
  signatureHeader,
  type SigningKey,
  systemClock,
  type Trust,
  Verifier,
} from '@hub/kit/process';
import { type Province, softwareSigner, type Sm2PrivateKey } from '@hub/schema';
import postgres from 'postgres';

import { serveControl } from './control/serve-control.ts';
import { exchangeSigners, type RegisteredSigner } from './control/signers.ts';
import { dropOldDaily } from './submit/drop-old-daily.ts';
import { hostedSystems, type HostSystem } from './submit/hosted-systems.ts';
import { startExchangeSequencer } from './feed/sequence-exchange.ts';
import { nationIssuer, serveNational } from './feed/serve-national.ts';
import { buildExchangeSchema, type ExchangeContext } from './graph/exchange-schema.ts';
import type { DeclaredSystem } from './graph/origin-conflicts.ts';
import { followRouting } from './harvest/follow-routing.ts';
import { journalOf } from './harvest/journal-of-store.ts';
import type { SourceRow } from './harvest/source-parts.ts';
import { startHarvest } from './harvest/start-harvest.ts';
import { serveHealth } from './health.ts';
import { startRelease } from './journal/start-release.ts';
import { startPush } from './nation/push.ts';
import { feedLeaves } from './proof/feed-leaves.ts';
import { startProver } from './proof/start-prover.ts';
import { keepStatementKey } from './proof/statement-keys.ts';
import { openExchangeStore } from './store/open-store.ts';

/** A running exchange. */
export interface Exchange extends AsyncDisposable {
  /** Where its graph is served. */
  readonly url: string;
  /** `${origin}/control`, `${origin}/exchange/…`, `${origin}/health`. */
  readonly origin: string;
}

/** How to run it. */
export interface ExchangeOptions {
  /** `postgresql://…` of the hub's database. */
  readonly databaseUrl: string;
  readonly province: Province;
  /** Whose questions to the graph are answered; the audience is `exchange`. */
  readonly trust: Trust;
  /** 0 takes a free port. */
  readonly port: number;
  /** Signs the questions to systems, as `exchange`. */
  readonly key: SigningKey;
  /** Signs statements of the proof. */
  readonly statementKey: Sm2PrivateKey;
  /** The registry's keys: who may push and be told. */
  readonly signers: Signers<RegisteredSigner>;
  /** Whose routing table says whom to harvest, and what its tables are verified by. */
  readonly registry: { readonly origin: string; readonly publicKeys: readonly PublicJwk[] };
  /** Systems as the registry has them. */
  readonly declared: () => Promise<readonly DeclaredSystem[]>;
  /** Public keys of the national system. */
  readonly nationKeys?: readonly PublicJwk[];
  /** Where every entry of the feed is pushed to; nowhere unless it is said. */
  readonly nationUrl?: string | undefined;
  /** Systems that the hub runs in this very database: who cannot serve a feed pushes to them. */
  readonly hosted?: readonly SystemStore[];
  /** Hosts one more when an operator says so; absent: nobody does. */
  readonly host?: HostSystem;
  /** How far beyond the public Internet systems may be; nowhere unless it is said. */
  readonly reach?: Reach;
  /** How long after its start systems are first asked, ms; 0 unless it is said. */
  readonly harvestAfterMs?: number;
  readonly onFault: (cause: unknown) => void;
  readonly clock?: Clock;
}

const connections = 4;

/** @throws HubError PORT_IN_USE, DATABASE_UNREACHABLE. */
export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const { databaseUrl, port, key, registry, declared, reach = {}, hosted = [], nationKeys = [], clock = systemClock, onFault } = options;
  await using opened = new AsyncDisposableStack();
  const poked: (() => void)[] = [];
  const store = opened.use(
    await openExchangeStore(databaseUrl, {
      codes: provinceCodes(options.province),
      clock,
      onCommit: () => poked.forEach((poke) => poke()),
    }),
  );
  const sql = postgres(store.url, { max: connections, onnotice: () => {} });
  opened.defer(() => sql.end());
  const sequencer = opened.use(startExchangeSequencer({ databaseUrl, onFault }));
  const release = opened.use(startRelease(store, onFault));
  poked.push(
    () => sequencer.poke(),
    () => release.poke(),
  );
  const signer = softwareSigner(options.statementKey);
  await keepStatementKey(sql, options.statementKey.publicKey);
  opened.use(startProver({ url: store.url, signer, onFault }));
  opened.use(dropOldDaily(store, onFault));

  const leaves = feedLeaves(sql);
  const signers = exchangeSigners(options.signers, nationKeys);
  const verifier = new Verifier({ audience: 'exchange', keyOf: (kid) => signers.keyOf(kid), clock });
  const parts = { store, sql, leaves, hosted: hostedSystems(store, { hosted, host: options.host, onFault }) };
  await parts.hosted.resume();
  const statementKey = options.statementKey.publicKey.pem;
  const listeners = [
    serveHealth(store),
    serveControl({ parts, signers, verifier, onFault }),
    serveNational({ sql, leaves, signer, statementKey, verifier, onFault }),
  ];
  const graph = opened.use(await serveGraph<ExchangeContext & object>(buildExchangeSchema(), onFault));
  const answerGraph = graph.listener({
    verifier: options.trust.verifierFor('exchange'),
    context: () => ({ store, sql, declared: once(declared) }),
  });
  // Longer than any caller keeps a connection: whoever closes one must not meet a request on its way.
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    for (const listener of listeners) {
      const answered = listener(request, response);
      if (answered !== undefined) return void answered;
    }
    answerGraph(request, response);
  });
  const listening = await listenOn(server, port, 'HUB_EXCHANGE_PORT');
  opened.defer(() => closeServer(server));
  const signing = createSigner({ key, issuer: exchangeIssuer, clock });
  const harvest = opened.use(startHarvest({ journal: journalOf(store), signer: signing, onFault, reach, clock }));
  const follow = (rows: readonly SourceRow[]): void => {
    parts.hosted.routed(rows);
    harvest.follow(rows);
  };
  opened.use(
    followed(async (signal) => {
      await pause(options.harvestAfterMs ?? 0, signal);
      await followRouting({ ...registry, signer: signing, follow, signal, pause, onFault });
    }),
  );
  if (options.nationUrl !== undefined) {
    const headersFor = (message: string): Record<string, string> => ({ [signatureHeader]: signing.sign(nationIssuer, message) });
    opened.use(startPush({ databaseUrl: store.url, url: options.nationUrl, headersFor, onFault }));
  }
  const running = opened.move();
  const origin = `http://127.0.0.1:${listening}`;
  return { url: `${origin}/graphql`, origin, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Asked once for a request, when it is asked for. */
function once<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let asked: Promise<Result> | undefined;
  return () => (asked ??= ask());
}

/** Runs until it is disposed. */
function followed(follow: (signal: AbortSignal) => Promise<void>): AsyncDisposable {
  const over = new AbortController();
  const running = follow(over.signal);
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await running;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
