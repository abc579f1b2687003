/**
 * Where the limit lies between asking every system for a whole page and asking for keys first, then for the winners by id.
 * Both ways are played by a client over the real systems: requests, parsing, choosing; no checks of what came.
 * @see design/partitioning.md «Page»
 */
import { loadavg } from 'node:os';

import { openTestDatabase } from '@hub/kit/testing';
import { compareKeys, decodeRecordId, decodeSystemCursor, type SortKey } from '@hub/schema';
import { expect, test } from 'vitest';

import { at, listAt, textAt } from '../support/parse-json.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { proving, sizeOf } from '../support/sizes.ts';
import { type DirectClient, openDirectClient } from './clients.ts';
import { bodiesSentFor, type ProvinceSystems, startProvinceSystems } from './province.ts';
import { patience, sideBySide } from './stopwatch.ts';

interface Wanted {
  readonly field: string;
  readonly type: string;
  readonly selection: string;
}

const compare = compareKeys({ kind: 'bytes', descending: true });
const lines = '{ code name createdAt system { code name } }';
const nested = `{ code name sections { code name bids { bidders { name } price { yuan } } awardNotices { title winners { name } } } }`;
const wanted: Readonly<Record<string, Wanted>> = {
  'notices: title': { field: 'notices', type: 'Notice', selection: '{ id title }' },
  'notices: list': {
    field: 'notices',
    type: 'Notice',
    selection: '{ id title publishedAt stage { label } category { label } region { name } system { code name } }',
  },
  'notices: with html and text': { field: 'notices', type: 'Notice', selection: '{ id title publishedAt html text }' },
  'tenderProjects: list': { field: 'tenderProjects', type: 'TenderProject', selection: lines },
  'tenderProjects: with sections': { field: 'tenderProjects', type: 'TenderProject', selection: '{ code name sections { code name } }' },
  'tenderProjects: with sections, bids, results': { field: 'tenderProjects', type: 'TenderProject', selection: nested },
};

/** An answer of one of the two ways: what was asked for, and how much came over the wire. */
interface Taken {
  readonly nodes: readonly unknown[];
  readonly bytes: number;
}

test('keys first, then the winners, gives the page that whole pages give', patience, async () => {
  const load = loadavg()[0];
  await using database = await openTestDatabase();
  await using systems = await startProvinceSystems(database.url, `${root}/${proving ? 'schema/province' : 'tests/fixtures/toy-province'}`);
  await using client = openDirectClient(systems.systems);
  const figures: Record<string, unknown> = {};
  for (const [name, page] of Object.entries(wanted)) {
    for (const first of proving ? [20, 100] : [20]) {
      const [wholeBody = ''] = await bodiesSentFor(`{ ${page.field}(first: ${first}) { nodes ${page.selection} } }`);
      const [keysBody = ''] = await bodiesSentFor(`{ ${page.field}(first: ${first}) { edges { cursor } } }`);
      const whole = (): Promise<Taken> => wholePages(client, wholeBody, first);
      const keys = (): Promise<Taken> => keysFirst(client, { ...page, systems, keysBody, first });
      const [wholeTaken, keysTaken] = [await whole(), await keys()];
      expect(keysTaken.nodes).toEqual(wholeTaken.nodes);
      for (const concurrency of proving ? [1, 8] : [1]) {
        const timing = { count: sizeOf({ test: 2, prove: 200 }), warmUp: sizeOf({ test: 1, prove: 30 }), concurrency };
        const comparison = await sideBySide({ ours: keys, peer: whole }, timing);
        figures[`${name}, first ${first} ×${concurrency}`] = {
          wholeBytes: wholeTaken.bytes,
          keysFirstBytes: keysTaken.bytes,
          ...comparison,
        };
      }
    }
  }
  await recordFigures('keys-first', { systems: systems.systems.length, loadAtStart: load, pages: figures });
});

interface Row {
  readonly key: SortKey;
  readonly edge: unknown;
}

/** The first rows of all answers together. */
function merged(answers: readonly string[], first: number): readonly Row[] {
  return answers
    .flatMap((text) => listAt(JSON.parse(text), 'data', 'root', 'edges'))
    .map((edge): Row => ({ key: decodeSystemCursor(textAt(edge, 'cursor')) ?? [null, ''], edge }))
    .toSorted((a, b) => compare(a.key, b.key))
    .slice(0, first);
}

async function wholePages(client: DirectClient, body: string, first: number): Promise<Taken> {
  const answers = await client.askAll(body);
  return { nodes: merged(answers, first).map(({ edge }) => at(edge, 'n0')), bytes: bytesOf(answers) };
}

interface KeysFirst extends Wanted {
  readonly systems: ProvinceSystems;
  readonly keysBody: string;
  readonly first: number;
}

async function keysFirst(client: DirectClient, { systems, keysBody, first, type, selection }: KeysFirst): Promise<Taken> {
  const answers = await client.askAll(keysBody);
  const winners = merged(answers, first).map(({ key: [, id] }) => id);
  const bySystem = Map.groupBy(winners, (id) => systems.systems.findIndex(({ code }) => code === decodeRecordId(id)?.system));
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

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
