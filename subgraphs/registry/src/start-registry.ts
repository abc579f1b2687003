/**
 * Runs the registry on a port of its own: its graph at `/graphql`, the signed side at `/control` and `/routing`.
 * @see design/architecture.md «Layout»; README
 */
import { createServer } from 'node:http';

import { provinceCodes, serveGraph } from '@hub/kit';
import {
  type Clock,
  createSigningKey,
  gatewayIssuer,
  listenOn,
  type PublicJwk,
  type Reach,
  type SigningKey,
  systemClock,
  type Trust,
} from '@hub/kit/process';
import type { Province } from '@hub/schema';

import { openJudge } from './checks/open-judge.ts';
import { openExaminer } from './contracts/open-examiner.ts';
import { openReleaseBook } from './contracts/release-book.ts';
import { type ContractNotes, seedContracts } from './contracts/seed-contracts.ts';
import { assertUrl } from './control/endpoint.ts';
import { serveSigned } from './control/serve-signed.ts';
import { allSystems, buildRegistrySchema, type RegistryContext } from './registry-schema.ts';
import { followRouting } from './routing/routing.ts';
import type { RegisteredSystem } from './store/entities.ts';
import { addGivenKeys, type GivenKey, type KeyRing, openKeyRing } from './store/keys.ts';
import { openRegistryStore } from './store/open-store.ts';
import { seedSystems, type SeedNotes } from './store/seed.ts';
import { factsOf } from './system-facts.ts';
import { recordsOf } from './system-record.ts';

/** A running registry. */
export interface Registry extends AsyncDisposable {
  /** Where its graph is served. */
  readonly url: string;
  /** Where it is asked and changed, and gateways wait: `${origin}/control`, `${origin}/routing`. */
  readonly origin: string;
  /** What the routing tables it signs are verified by. */
  readonly publicKey: PublicJwk;
  /** What of the province folder it did not take. */
  readonly notes: SeedNotes;
  /** How the contracts of this program stand to those in force. */
  readonly contracts: ContractNotes;
  /** The keys it believes, for who else of the hub answers signed requests. */
  readonly keys: KeyRing;
  /** All systems by code, withdrawn ones among them. */
  systems(): Promise<readonly RegisteredSystem[]>;
}

/** How to run it. */
export interface RegistryOptions {
  readonly databaseUrl: string;
  /** Sows the systems that the registry does not know yet. */
  readonly province: Province;
  /** Whose questions to the graph are answered; the audience is `registry`. */
  readonly trust: Trust;
  /** 0 takes a free port. */
  readonly port: number;
  readonly onFault: (cause: unknown) => void;
  /** Signs routing tables; absent: one that lasts as long as this registry. */
  readonly key?: SigningKey;
  /** Keys believed from the start: operators, gateways, and systems that run with the hub. */
  readonly keys?: readonly GivenKey[];
  /** How far beyond the public Internet systems may be; nowhere unless it is said. */
  readonly reach?: Reach;
  readonly clock?: Clock;
}

/** @throws HubError PORT_IN_USE, DATABASE_UNREACHABLE. */
export async function startRegistry({ databaseUrl, province, trust, port, onFault, ...rest }: RegistryOptions): Promise<Registry> {
  const { key = createSigningKey(), keys = [], clock = systemClock, reach = {} } = rest;
  await using opened = new AsyncDisposableStack();
  const store = opened.use(await openRegistryStore(databaseUrl, clock));
  const notes = await seedSystems(store, province);
  if (keys.length > 0) await addGivenKeys(store, keys);
  const ring = openKeyRing(store);
  const judge = opened.use(openJudge());
  const examiner = opened.use(openExaminer());
  const graph = opened.use(await serveGraph<RegistryContext & object>(buildRegistrySchema(), onFault));
  const codes = provinceCodes(province);
  const parts = {
    store,
    ring,
    clock,
    judge: judge.judge,
    examine: examiner.examine,
    book: openReleaseBook(),
    assertReachable: (url: string) => assertUrl(url, reach),
  };
  const contracts = await seedContracts(parts);
  const routing = opened.use(await followRouting({ store, ring, signer: { key, clock } }));
  const signed = serveSigned({ parts, routing, onFault });
  const answerGraph = graph.listener({
    verifier: trust.verifierFor('registry'),
    issuer: gatewayIssuer,
    context: () => ({ store, codes, facts: factsOf(store), records: recordsOf(store) }),
  });
  // Longer than any caller keeps a connection: whoever closes one must not meet a request on its way.
  const server = createServer(
    { keepAliveTimeout: 30_000 },
    (request, response) => void (signed(request, response) ?? answerGraph(request, response)),
  );
  const listening = await listenOn(server, port, 'HUB_REGISTRY_PORT');
  opened.defer(() => closeServer(server));
  const running = opened.move();
  const origin = `http://127.0.0.1:${listening}`;
  return {
    url: `${origin}/graphql`,
    origin,
    publicKey: key.publicJwk,
    notes,
    contracts,
    keys: ring,
    systems: () => allSystems(store),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Gateways that wait for a change would wait on: they ask again elsewhere, or later. */
function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
