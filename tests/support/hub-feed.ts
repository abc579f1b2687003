/**
 * A hub's feed as the nation sees it: records straight into the journal's tables, the national side over HTTP, and the proof's
 * part of `/control` by its own SDL.
 */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';

import {
  closeNextDay,
  closeNextSegment,
  confirmEntries,
  type ConfirmedEntries,
  feedLeaves,
  hubStream,
  keepStatementKey,
  openNodes,
  readFeedState,
  serveNational,
} from '@hub/exchange';
import { openTestExchange, type TestExchange } from '@hub/exchange/testing';
import { createSigningKey, keysOf, listenOn, privateJwkOf, Verifier } from '@hub/kit/process';
import {
  canonicalContent,
  contentHash,
  createSm2Key,
  type ProofNode,
  readSm2PrivateKey,
  softwareSigner,
  type StatementSigner,
  type Sm2PublicKey,
} from '@hub/schema';
import { buildSchema, graphql } from 'graphql';

import { root } from './repository.ts';

/** One change to be journaled. */
export interface MadeChange {
  readonly key: string;
  readonly version?: number;
  readonly op?: 'put' | 'withdraw';
  readonly system?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly dataTimestamp?: string | null;
}

/** A hub with a feed and its national side. */
export interface HubFeed extends AsyncDisposable {
  readonly exchange: TestExchange;
  readonly origin: string;
  /** Private key of the nation. */
  readonly nationKey: object;
  /** Key of the statements. */
  readonly signer: Sm2PublicKey;
  /** Signs with another key from now on. @returns It. */
  rotate(): Promise<Sm2PublicKey>;
  /** Makes it a hub that was restored to when its feed ended here. */
  restoreTo(position: number): Promise<void>;
  /** Journals changes and gives them positions. */
  add(changes: readonly MadeChange[]): Promise<void>;
  /** Closes what is full. @returns How many segments and days were closed. */
  close(): Promise<number>;
  /** Makes it so that positions up to this one were given a day earlier. */
  yesterday(position: number): Promise<void>;
  readonly faults: readonly unknown[];
  /** Questions that came to `/control`. */
  readonly asked: readonly string[];
  /** Called before each answer; true: it has answered, or has hung up. */
  meddle: (path: string, response: ServerResponse) => boolean;
}

const dataset = 'TENDER_PROJECT';

/** Opens it, empty. */
export async function openHubFeed(): Promise<HubFeed> {
  await using opened = new AsyncDisposableStack();
  const exchange = opened.use(await openTestExchange());
  const { sql } = exchange;
  const [nation, first] = [createSigningKey(), await statementKey(sql)];
  const signing = { signer: first.signer, statementKey: first.publicKey.pem };
  const leaves = feedLeaves(sql);
  const [faults, asked]: [unknown[], string[]] = [[], []];
  const verifier = new Verifier({ audience: 'exchange', keyOf: keysOf([nation.publicJwk], 'nation') });
  // The options are read at each request.
  const national = serveNational(Object.assign(signing, { sql, leaves, verifier, onFault: (cause: unknown) => void faults.push(cause) }));
  const control = controlOf(exchange);
  const feed = { meddle: (_path: string, _response: ServerResponse): boolean => false };
  const server = createServer((request, response) => {
    if (feed.meddle(request.url ?? '', response)) return;
    const answered = national(request, response);
    if (answered !== undefined) return void answered;
    void (async () => {
      const body = (await request.toArray()).join('');
      asked.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await control(body)));
    })();
  });
  const port = await listenOn(server, 0);
  opened.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  const running = opened.move();
  return Object.assign(feed, {
    exchange,
    origin: `http://127.0.0.1:${port}`,
    nationKey: privateJwkOf(nation),
    signer: first.publicKey,
    async rotate() {
      const { signer, publicKey } = await statementKey(sql);
      Object.assign(signing, { signer, statementKey: publicKey.pem });
      return publicKey;
    },
    restoreTo: (position: number) => restoreTo(exchange, position),
    faults,
    asked,
    async add(changes: readonly MadeChange[]) {
      await journal(exchange, changes);
      await exchange.sequence();
    },
    async yesterday(position: number) {
      await sql.begin(async (tx) => {
        // The feed itself refuses to be altered.
        await tx`set local session_replication_role = replica`;
        await tx`update feed set sequenced_at = sequenced_at - interval '1 day' where position <= ${position}`;
      });
    },
    async close() {
      let closed = 0;
      const { signer } = signing;
      while (await closeNextSegment({ sql, signer })) closed++;
      while (await closeNextDay({ sql, signer, leaves })) closed++;
      return closed;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  });
}

async function statementKey(sql: TestExchange['sql']): Promise<{ readonly signer: StatementSigner; readonly publicKey: Sm2PublicKey }> {
  const key = readSm2PrivateKey(createSm2Key());
  if (key === undefined) throw new Error('no key');
  await keepStatementKey(sql, key.publicKey);
  return { signer: softwareSigner(key), publicKey: key.publicKey };
}

async function restoreTo({ sql }: TestExchange, position: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`delete from statement where to_position > ${position}`;
    await tx`delete from segment where number * 10000 > ${position}`;
    await tx`delete from confirmation where to_position > ${position}`;
    const lost = tx`select outbox from feed where system = ${hubStream} and position > ${position}`;
    await tx`delete from change where id in (select change from outbox where id in (${lost}))`;
    await tx`delete from outbox where id in (${lost})`;
    await tx`delete from feed where system = ${hubStream} and position > ${position}`;
    await tx`update hub_stamp set value = gen_random_uuid() where name = 'feed epoch'`;
  });
}

/** The proof's part of the exchange's control interface. */
function controlOf({ sql }: TestExchange): (body: string) => Promise<unknown> {
  const schema = buildSchema(readFileSync(join(root, 'subgraphs/exchange/src/control/control.graphql'), 'utf8'));
  const leaves = feedLeaves(sql);
  const rootValue = {
    openNode: async ({ nodes }: { readonly nodes: readonly ProofNode[] }) => openNodes(leaves, nodes, (await readFeedState(sql)).head),
    confirmEntries: ({ input }: { readonly input: ConfirmedEntries }) => confirmEntries(sql, input),
  };
  return async (body) => {
    const { query: source, variables: variableValues }: { query: string; variables?: Record<string, unknown> } = questionIn(body);
    return graphql({ schema, source, rootValue, ...(variableValues === undefined ? {} : { variableValues }) });
  };
}

/** Every line of the hub's feed, in order: the statement, to be run or to be copied. */
export const hubLines = `select '{"position":' || f.position || ',' || c.body as line from feed f join outbox o on o.id = f.outbox
  join change c on c.id = o.change where f.system = 'hub' order by f.position`;

/** Reads entries after a position out of the tables, as a page does. @returns How many there were. */
export async function readKeyset({ sql }: Pick<TestExchange, 'sql'>, { after, first }: KeysetPage): Promise<number> {
  const { count } = await sql`select f.position, c.body from feed f join outbox o on o.id = f.outbox join change c on c.id = o.change
    where f.system = 'hub' and f.position > ${after} order by f.position limit ${first}`;
  return count;
}

interface KeysetPage {
  readonly after: number;
  readonly first: number;
}

/** @returns Changes of records of their own. */
export function madeChanges(count: number, from = 1): readonly MadeChange[] {
  return Array.from({ length: count }, (_, at) => ({ key: `R${from + at}`, fields: { TENDER_PROJECT_NAME: `示例道路 ${from + at} 标` } }));
}

async function journal({ sql }: TestExchange, changes: readonly MadeChange[]): Promise<void> {
  const [{ last } = { last: '0' }] = await sql<{ last: string }[]>`select coalesce(max(position), 0) as last from change`;
  const rows = changes.map(({ key, version = 1, op = 'put', system = 'toy-east', fields = {}, dataTimestamp = '20261101080000' }, at) => {
    const [hash, position] = [contentHash(dataset, fields), Number(last) + at + 1];
    const [receivedAt, contract, categories] = ['2026-11-01T00:00:00.000000Z', 'construction@1.0.0', ['construction']];
    const named = { system, epoch: 'epoch-1', sourcePosition: position, dataset, key, version, op, hash };
    const told = { payload: canonicalContent(fields), dataTimestamp, contract, categories, source: { kind: 'SYSTEM' }, receivedAt };
    return { ...named, position, contract, body: JSON.stringify({ ...named, ...told, harvestedAt: receivedAt }).slice(1) };
  });
  await sql`with made as (
      insert into change (system, epoch, position, dataset, key, version, op, hash, body, state, rules, contract, received_at, harvested_at)
      select system, epoch, position, dataset, key, version, op, hash, body, 'ACCEPTED', '', contract, now(), now()
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(system text, epoch text, position bigint, dataset text, key text,
        version int, op text, hash text, body text, contract text) order by position
      returning id, position
    ) insert into outbox (system, change) select ${hubStream}, id from made order by position`;
}

function questionIn(body: string): { query: string; variables?: Record<string, unknown> } {
  // oxlint-disable-next-line no-unsafe-return -- the consumer wrote it; the schema judges it
  return JSON.parse(body);
}
