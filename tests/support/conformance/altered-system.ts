/**
 * Stands in front of a real system and alters what it answers: one fault, everything else true.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn, signatureHeader } from '@hub/kit/process';
import { type SortKey, decodeSystemCursor } from '@hub/schema';
import type { RunningSystem } from '@hub/trading';

import { gatewaySigner } from '../gateway-key.ts';
import { at, isObject, listAt } from '../parse-json.ts';

/** A question as it came. */
export interface Asked {
  readonly body: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An answer as it goes out. */
export interface Told {
  readonly status: number;
  readonly text: string;
  readonly contentType?: string;
}

/** What the true system says to a body. */
export type AskTrue = (body: string) => Promise<Told>;

/** Makes the fault. */
export type Alter = (asked: Asked, ask: AskTrue) => Promise<Told>;

/** Longer bodies are no questions: they go through as they are. */
const longestAltered = 1_000_000;

/** @returns The altered system, until it is disposed of: it answers whoever asks. */
export async function startAltered(
  { url, system: { code } }: RunningSystem,
  alter: Alter,
): Promise<{ readonly url: string } & AsyncDisposable> {
  const ask: AskTrue = async (body) => {
    const headers = { 'content-type': 'application/json', [signatureHeader]: gatewaySigner.sign(code, body) };
    const answer = await fetch(url, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  };
  const server = createServer((request, response) => {
    text(request)
      .then(async (body) => (body.length > longestAltered ? ask(body) : alter(readAsked(body), ask)))
      .then(({ status, text: told, contentType = 'application/json' }) =>
        response.writeHead(status, { 'content-type': contentType }).end(told),
      )
      .catch(() => response.destroy());
  });
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An edge of a list, with its sort key. */
export interface Edge {
  readonly key: SortKey;
  readonly edge: Readonly<Record<string, unknown>>;
}

/** How a list is ordered and cut otherwise than it must be. */
export interface Relisting {
  readonly compare: (a: SortKey, b: SortKey, order: string) => number;
  /** Rows at `after` come again. */
  readonly repeats?: boolean;
  /** Rows of every page, whatever was asked. */
  readonly first?: number;
}

/** @returns An alteration that reads the whole true list and pages through it in its own way. */
export function relisted({ compare, repeats = false, first: always }: Relisting): Alter {
  const lists = new Map<string, Promise<readonly Edge[]>>();
  return async (asked, ask) => {
    const { order, filter, first, after = null } = asked.variables;
    const truth = await ask(asked.body);
    const answer: unknown = JSON.parse(truth.text);
    const page = at(answer, 'data', 'page');
    if (!isObject(page) || typeof order !== 'string' || at(page, 'edges') === undefined) return truth;
    const key = JSON.stringify([asked.query, order, filter]);
    const list = lists.get(key) ?? wholeList(asked, ask);
    lists.set(key, list);
    const sorted = (await list).toSorted((a, b) => compare(a.key, b.key, order));
    const from = typeof after === 'string' ? decodeSystemCursor(after) : undefined;
    const rest = from === undefined ? sorted : sorted.filter(({ key: own }) => compare(own, from, order) > (repeats ? -1 : 0));
    const size = always ?? Number(first);
    const edges = rest.slice(0, size).map(({ edge }) => edge);
    const pageInfo = { hasNextPage: rest.length > size, endCursor: edges.at(-1)?.['cursor'] ?? null };
    const nodes = 'nodes' in page ? { nodes: edges.map(({ node }) => node) } : {};
    return { ...truth, text: JSON.stringify({ data: { page: { ...page, edges, pageInfo, ...nodes } } }) };
  };
}

async function wholeList({ query, variables }: Asked, ask: AskTrue): Promise<readonly Edge[]> {
  const edges: Edge[] = [];
  let after: unknown = null;
  for (;;) {
    const { text: told } = await ask(JSON.stringify({ query, variables: { ...variables, first: 101, after } }));
    const page = at(JSON.parse(told), 'data', 'page');
    for (const edge of listAt(page, 'edges')) {
      const key = decodeSystemCursor(String(at(edge, 'cursor')));
      if (isObject(edge) && key !== undefined) edges.push({ key, edge });
    }
    after = at(page, 'pageInfo', 'endCursor');
    if (at(page, 'pageInfo', 'hasNextPage') !== true) return edges;
  }
}

/** @returns The answer with every value that is inside its data changed, innermost first. */
export function changedInside(told: Told, change: (value: unknown, key: string) => unknown): Told {
  const answer: unknown = JSON.parse(told.text);
  if (!isObject(answer) || !isObject(answer['data'])) return told;
  return { ...told, text: JSON.stringify({ ...answer, data: walked(answer['data'], '', change) }) };
}

/** @returns A value with everything inside it changed, innermost first. */
export function walked(value: unknown, key: string, change: (value: unknown, key: string) => unknown): unknown {
  const inner = Array.isArray(value)
    ? value.map((item) => walked(item, key, change))
    : isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walked(item, name, change)]))
      : value;
  return change(inner, key);
}

function readAsked(body: string): Asked {
  let whole: unknown;
  try {
    whole = JSON.parse(body);
  } catch {
    whole = undefined;
  }
  const query = at(whole, 'query');
  const variables = at(whole, 'variables');
  return { body, query: typeof query === 'string' ? query : '', variables: isObject(variables) ? variables : {} };
}
