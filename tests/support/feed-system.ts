/**
 * One system whose feed is asked over HTTP as the exchange asks it, on a store of its own.
 */
import { createServer } from 'node:http';

import { type Accepted, type FeedEntry, type FeedPage, type Incoming, type Store, acceptRecords, openStore, withFeed } from '@hub/kit';
import { createSigner, createSigningKey, exchangeIssuer, keysByIssuer, listenOn, signatureHeader, trustKeys } from '@hub/kit/process';
import { sequence } from '@hub/kit/testing';
import { type SystemRow, law } from '@hub/schema';
import type postgres from 'postgres';
import { expect } from 'vitest';

import { exchangeKey, exchangeSigner, gatewayKey } from './gateway-key.ts';
import { at } from './parse-json.ts';

/** An answer of the feed. */
export interface FeedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A system with a feed. */
export interface FeedSystem extends AsyncDisposable {
  readonly code: string;
  /** Of its graph, beside which the feed stands. */
  readonly url: string;
  readonly store: Store;
  /** Gives it records, in one batch. */
  accept(...records: readonly Incoming[]): Promise<readonly Accepted[]>;
  /** Asks as the exchange, or as somebody else. */
  ask(request: unknown, issuer?: 'exchange' | 'gateway' | 'stranger'): Promise<FeedAnswer>;
  /** @throws Error when the answer is a refusal. */
  page(request: object): Promise<FeedPage>;
  /** All pages from a request on, until there is no more. */
  follow(request: object): Promise<readonly FeedPage[]>;
}

const signers = {
  exchange: exchangeSigner,
  gateway: createSigner({ key: gatewayKey, issuer: 'gateway' }),
  stranger: createSigner({ key: createSigningKey(), issuer: exchangeIssuer }),
};
const keyOf = keysByIssuer([{ ...exchangeKey.publicJwk, iss: exchangeIssuer }, gatewayKey.publicJwk]);

/** Opens the store and serves the system's feed; positions are given by whoever the test lets. */
export async function openFeedSystem(url: string, { code = 'toy-feed', poolSize = 4 } = {}): Promise<FeedSystem> {
  const { contracts, codes } = law();
  const served = contracts.map(({ contract }) => contract).filter(({ name }) => ['board', 'construction'].includes(name));
  await using opened = new AsyncDisposableStack();
  const store = opened.use(await openStore({ url, contracts: served, poolSize }));
  const source = {
    store,
    codes,
    system: systemRow(
      code,
      served.map(({ name }) => name),
    ),
  };
  const faults: unknown[] = [];
  const verifier = trustKeys(keyOf).verifierFor(code);
  const server = createServer(
    withFeed(source, { verifier, onFault: (cause) => void faults.push(cause) }, (_, response) => void response.writeHead(404).end()),
  );
  const port = await listenOn(server, 0);
  opened.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  const ask: FeedSystem['ask'] = async (request, issuer = 'exchange') => {
    const body = typeof request === 'string' ? request : JSON.stringify(request);
    const headers = { [signatureHeader]: signers[issuer].sign(code, body) };
    const response = await fetch(`http://127.0.0.1:${port}/feed`, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const page: FeedSystem['page'] = async (request) => {
    const { status, text } = await ask(request);
    if (status !== 200) throw new Error(text, { cause: faults.at(-1) });
    return pageIn(text);
  };
  const running = opened.move();
  return {
    code,
    url: `http://127.0.0.1:${port}/graphql`,
    store,
    accept: (...records) => acceptRecords(source, records, '2026-11-01T00:00:00.000000Z'),
    ask,
    page,
    async follow(request) {
      const pages = [await page(request)];
      for (let last = pages.at(-1); last?.more === true; last = pages.at(-1)) {
        const { snapshot: _, ...rest }: { readonly snapshot?: unknown } = request;
        pages.push(await page({ ...rest, after: last.cursor }));
      }
      return pages;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** A record to keep, of a published source: what it lacks is a warning. */
export function put(dataset: string, dataKey: string, fields: Readonly<Record<string, string>>): Incoming {
  return sent({ dataset, dataKey, op: 'put', fields });
}

/** A withdrawal. */
export function withdraw(dataset: string, dataKey: string): Incoming {
  return sent({ dataset, dataKey, op: 'withdraw', fields: {} });
}

/** @returns The changes of pages, one after the other. */
export function entriesOf(pages: readonly FeedPage[]): readonly FeedEntry[] {
  return pages.flatMap(({ entries }) => entries);
}

/** @returns Status and code of a refusal. */
export function refusalOf({ status, text }: FeedAnswer): readonly [number, unknown] {
  return [status, at(JSON.parse(text), 'errors', 0, 'extensions', 'code')];
}

/** Gives positions until the feed has so many: what other tests write on the same server may hold them back for a moment. */
export async function sequenced(sql: postgres.Sql, system: FeedSystem, head: number): Promise<void> {
  await expect
    .poll(async () => sequence(sql, 20_000).then(() => system.page({}).then((page) => page.head)), { timeout: 20_000 })
    .toBe(head);
}

function sent(record: Incoming['record']): Incoming {
  return { record, message: { format: 'json', body: JSON.stringify(record) }, source: { kind: 'PUBLISHED', name: '某平台' } };
}

/** Believed as it stands: what it holds is what the tests look at. */
function pageIn(text: string): FeedPage {
  // oxlint-disable-next-line no-unsafe-return -- the answer is the page; a test asserts what is in it
  return JSON.parse(text);
}

/** @returns A system that serves these contracts. */
export function systemRow(code: string, contracts: readonly string[]): SystemRow {
  return {
    code,
    name: `交易系统 ${code}`,
    nameEn: `System ${code}`,
    owner: { name: '某中心', creditCode: undefined },
    region: '990100',
    platformCodes: [],
    contracts,
    registeredAt: '2026-01-01T00:00:00+08:00',
    state: 'PUBLISHED',
  };
}
