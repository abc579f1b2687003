/**
 * Three ways to a page of many systems, played by a client over real systems: requests, parsing, choosing; no checks of what came.
 * @see design/partitioning.md «Page»
 */
import { compareKeys, decodeRecordId, decodeSystemCursor, encodeSystemCursor, type SortKey } from '@hub/schema';

import { at, isObject, listAt, textAt } from '../support/parse-json.ts';
import type { DirectClient } from './clients.ts';

/** What is asked of whom. */
export interface Page {
  readonly client: DirectClient;
  /** Codes of the systems, in the client's order. */
  readonly systems: readonly string[];
  readonly first: number;
  /** Graph type of the rows, and what is selected of each. */
  readonly type: string;
  readonly selection: string;
  /** What a system is sent for a whole page, and for the keys of one. */
  readonly wholeBody: string;
  readonly keysBody: string;
}

/** A page, and how much came over the wire for it. */
export interface Taken {
  readonly nodes: readonly unknown[];
  readonly bytes: number;
}

/** One way to a page. */
export type Way = (page: Page) => Promise<Taken>;

interface Row {
  readonly key: SortKey;
  readonly node: unknown;
}

const compare = compareKeys({ kind: 'bytes', descending: true });

/** Every system is asked for a whole page. */
export async function wholePages({ client, wholeBody, first }: Page): Promise<Taken> {
  const answers = await client.askAll(wholeBody);
  const rows = answers.flatMap(rowsOf).toSorted(byKey).slice(0, first);
  return { nodes: rows.map(({ node }) => node), bytes: bytesOf(answers) };
}

/** Every system is asked for keys; then those with winners for these alone, by id. */
export async function keysFirst({ client, systems, keysBody, first, type, selection }: Page): Promise<Taken> {
  const answers = await client.askAll(keysBody);
  const rows = answers.flatMap(rowsOf).toSorted(byKey).slice(0, first);
  const winners = rows.map(({ key: [, id] }) => id);
  const bySystem = Map.groupBy(winners, (id) => systems.findIndex((code) => code === decodeRecordId(id)?.system));
  const query = `query($r: [_Any!]!) { root: _entities(representations: $r) { ... on ${type} ${selection} } }`;
  const found = new Map<string, unknown>();
  const texts = await Promise.all(
    [...bySystem].map(async ([system, ids]) => {
      const variables = { r: ids.map((id) => ({ __typename: type, id })) };
      const text = await client.askOne(system, JSON.stringify({ query, variables }));
      for (const [place, entity] of listAt(JSON.parse(text), 'data', 'root').entries()) found.set(ids[place] ?? '', entity);
      return text;
    }),
  );
  return { nodes: winners.map((id) => found.get(id)), bytes: bytesOf(answers) + bytesOf(texts) };
}

/** Every system is asked for about its share of the page; then those that have more to give than that for the rest. */
export async function portionsFirst({ client, systems, wholeBody, first }: Page): Promise<Taken> {
  const portion = Math.min(first + 1, portionOf(first / systems.length));
  const answers = await client.askAll(bodyFor(wholeBody, { first: portion }));
  const parts = answers.map((text) => ({ rows: rowsOf(text), bytes: Buffer.byteLength(text) }));
  const last = parts.flatMap(({ rows }) => rows).toSorted(byKey)[first - 1];
  const rest = await Promise.all(
    parts.map(async ({ rows }, system) => {
      const end = rows.at(-1);
      if (end === undefined || rows.length < portion || (last !== undefined && compare(end.key, last.key) > 0)) return [];
      const text = await client.askOne(system, bodyFor(wholeBody, { first: first + 1 - rows.length, after: end.key }));
      return [{ rows: rowsOf(text), bytes: Buffer.byteLength(text) }];
    }),
  );
  const all = [...parts, ...rest.flat()];
  const rows = all.flatMap((part) => part.rows).toSorted(byKey);
  return { nodes: rows.slice(0, first).map(({ node }) => node), bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Rows that hardly any system has more of among the first, when they lie evenly: the mean and four deviations. */
function portionOf(mean: number): number {
  return Math.ceil(mean + 4 * Math.sqrt(mean)) + 1;
}

/** The gateway names its variables `…first` and `…after`. */
function bodyFor(body: string, { first, after }: { readonly first: number; readonly after?: SortKey }): string {
  const request: unknown = JSON.parse(body);
  const given = at(request, 'variables');
  const variables: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) {
    if (name.endsWith('first')) variables[name] = first;
    else variables[name] = name.endsWith('after') && after !== undefined ? encodeSystemCursor(after) : value;
  }
  return JSON.stringify({ query: textAt(request, 'query'), variables });
}

function rowsOf(answer: string): readonly Row[] {
  return listAt(JSON.parse(answer), 'data', 'root', 'edges').map((edge) => ({
    key: decodeSystemCursor(textAt(edge, 'cursor')) ?? [null, ''],
    node: at(edge, 'n0'),
  }));
}

function byKey(a: Row, b: Row): number {
  return compare(a.key, b.key);
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
