/**
 * A trading system for tests: the works contract over rows in memory, real GraphQL over real HTTP, and any misbehaviour a
 * test asks for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  compareKeys,
  encodeRecordId,
  encodeSystemCursor,
  decodeRecordId,
  decodeSystemCursor,
  printInstant,
  type SortKey,
} from '@hub/schema';
import { graphql, type GraphQLSchema } from 'graphql';

import { at, listAt } from './json.ts';
import { systemSdl } from './works.ts';

/** One work as a system stores it. */
export interface WorkRow {
  readonly code: string;
  readonly title?: string | null;
  /** Yuan. */
  readonly price?: string | null;
  /** Canonical instant. */
  readonly publishedAt?: string | null;
  readonly secret?: string | null;
  readonly origin?: 'ORIGINAL' | 'COPY';
}

/** Does something else than answering; returns true when it did. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, body: string) => boolean;

/** A running fake. */
export interface FakeSystem extends AsyncDisposable {
  readonly code: string;
  readonly url: string;
  /** Bodies of the requests it got. */
  requests: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> }[];
  rows: readonly WorkRow[];
  misbehave: Misbehaviour | undefined;
  /** Changes an answer before it is sent. */
  alter: ((answer: unknown) => unknown) | undefined;
}

/** Starts a system on a free port. */
export async function startFakeSystem(code: string, rows: readonly WorkRow[]): Promise<FakeSystem> {
  const fake: {
    rows: readonly WorkRow[];
    misbehave: FakeSystem['misbehave'];
    alter: FakeSystem['alter'];
    requests: FakeSystem['requests'];
  } = {
    rows,
    misbehave: undefined,
    alter: undefined,
    requests: [],
  };
  const schema = buildSubgraphSchema([{ typeDefs: systemSdl(), resolvers: resolvers(code, () => fake.rows) }]);
  const server = createServer((request, response) => void serve(request, response, { fake, schema }));
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(fake, {
    code,
    url: `http://127.0.0.1:${port}/graphql`,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  });
}

/** Id of a work. */
export function workId(system: string, code: string): string {
  return encodeRecordId({ system, type: 'Work', key: code });
}

interface Serving {
  readonly fake: Pick<FakeSystem, 'misbehave' | 'alter' | 'requests'>;
  readonly schema: GraphQLSchema;
}

async function serve(request: IncomingMessage, response: ServerResponse, { fake, schema }: Serving): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  if (fake.misbehave?.(request, response, body) === true) return;
  const asked: unknown = JSON.parse(body);
  const query = String(at(asked, 'query'));
  const sent = at(asked, 'variables');
  const variables: Record<string, unknown> = typeof sent === 'object' ? { ...sent } : {};
  fake.requests.push({ query, variables });
  const answer = await graphql({ schema, source: query, variableValues: variables });
  const plain: unknown = JSON.parse(JSON.stringify(answer));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(fake.alter === undefined ? plain : fake.alter(plain)));
}

function resolvers(system: string, rows: () => readonly WorkRow[]) {
  const work = (row: WorkRow) => ({ __typename: 'Work', ...row, id: workId(system, row.code) });
  const detail = (code: string) => ({
    __typename: 'Detail',
    code,
    text: `detail of ${code}`,
    id: encodeRecordId({ system, type: 'Detail', key: code }),
  });
  const common = {
    system: () => ({ code: system, name: `系统 ${system}` }),
    origin: (row: WorkRow) => row.origin ?? 'ORIGINAL',
    source: () => ({ kind: 'DEMONSTRATION' }),
    receivedAt: () => '2026-01-01T08:00:00+08:00',
    warnings: () => [],
  };
  const byId = (id: string) => {
    const decoded = decodeRecordId(id);
    if (decoded?.type === 'Detail') return rows().some(({ code }) => code === decoded.key) ? detail(decoded.key) : null;
    const row = rows().find(({ code }) => code === decoded?.key);
    return row === undefined ? null : work(row);
  };
  return {
    Query: {
      works: (_: unknown, args: PageArguments) => page(rows(), system, args),
      work: (_: unknown, { id }: { id: string }) => byId(id),
      workByCode: (_: unknown, { code }: { code: string }) => {
        const row = rows().find((candidate) => candidate.code.toLowerCase() === code.toLowerCase());
        return row === undefined ? null : work(row);
      },
      workStatistics: (_: unknown, { by }: { by: string[] }) => statistics(rows(), by),
    },
    Work: {
      ...common,
      __resolveReference: ({ id }: { id: string }) => byId(id),
      price: ({ price }: WorkRow) => (price === null || price === undefined ? null : { yuan: price, amount: price }),
      publishedAt: ({ publishedAt }: WorkRow) => (publishedAt ? printInstant(publishedAt) : null),
      siblings: (row: WorkRow) =>
        rows()
          .filter(({ title }) => title === row.title)
          .map(work),
      record: ({ code }: WorkRow) => detail(code),
    },
    Detail: { ...common, __resolveReference: ({ id }: { id: string }) => byId(id) },
    WorkEdge: { late: () => false },
  };
}

interface PageArguments {
  readonly filter?: { readonly title?: { readonly text?: string }; readonly code?: { readonly in: readonly string[] } } | null;
  readonly order: string;
  readonly first: number;
  readonly after?: string | null;
}

function page(all: readonly WorkRow[], system: string, { filter, order, first, after }: PageArguments) {
  const [, by = '', direction] = /^(\w+)_(ASC|DESC)$/.exec(order) ?? [];
  const compare = compareKeys({ kind: by === 'PRICE' ? 'decimal' : 'bytes', descending: direction === 'DESC' });
  const matching = all
    .filter(({ title }) => filter?.title?.text === undefined || (title ?? '').includes(filter.title.text))
    .filter(({ code }) => filter?.code?.in === undefined || filter.code.in.includes(code))
    .map((row) => ({ row, key: [sortValue(row, by), workId(system, row.code)] satisfies SortKey }))
    .toSorted((a, b) => compare(a.key, b.key));
  const from = after ? decodeSystemCursor(after) : undefined;
  const rest = matching.filter(({ key }) => from === undefined || compare(key, from) > 0).slice(0, first);
  const nodes = rest.map(({ row }) => ({ __typename: 'Work', ...row, id: workId(system, row.code) }));
  return {
    edges: rest.map(({ key }, index) => ({ cursor: encodeSystemCursor(key), node: nodes[index] })),
    nodes,
    pageInfo: { hasNextPage: false, endCursor: null },
    totalCount: matching.length,
    coverage: { complete: true, answered: [{ code: system }], missing: [] },
  };
}

function sortValue(row: WorkRow, by: string): string | null {
  const values: Readonly<Record<string, string | null | undefined>> = {
    TITLE: row.title,
    PRICE: row.price,
    PUBLISHED: row.publishedAt,
    SECRET: row.secret,
    RECEIVED: '2026-01-01T00:00:00.000000Z',
  };
  return values[by] ?? null;
}

function statistics(rows: readonly WorkRow[], by: readonly string[]) {
  const keyOf = (row: WorkRow) => by.map((dimension) => (dimension === 'TITLE' ? (row.title ?? '-') : (row.secret ?? '-')));
  const groups = Map.groupBy(rows, (row) => JSON.stringify(keyOf(row)));
  return {
    groups: [...groups].map(([key, members]) => ({
      key: listAt(JSON.parse(key)).map((code) => ({ code, label: null })),
      works: members.length,
      price: String(members.reduce((sum, { price }) => sum + Number(price ?? 0), 0)),
      saved: null,
    })),
    coverage: { complete: true, answered: [], missing: [] },
  };
}
