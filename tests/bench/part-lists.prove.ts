/**
 * A list of 20,000 parts beside one of 200, in the same table: pages and filters of the long one are to cost what they cost in
 * the short one, in the system alone and through the gateway. Counting 20,000 rows may cost more, and is told on its own.
 * @see design/partitioning.md «Page»
 */
import { loadavg } from 'node:os';

import { openTestDatabase } from '@hub/kit/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { at, listAt, textAt } from '../support/parse-json.ts';
import { startProgram } from '../support/program.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { type Asker, openAsker } from './clients.ts';
import { startGatewayProcess } from './province.ts';
import { patience, sideBySide } from './stopwatch.ts';

const sizes = { large: 20_000, small: 200 } as const;
/** Other short lists of the same system, so that the long one is not all there is. */
const others = 20;
const perPage = 20;
const found = 10;

const ready = z.object({
  systems: z.array(
    z.object({ code: z.string(), name: z.string(), url: z.string(), state: z.literal('published'), contracts: z.array(z.string()) }),
  ),
  plural: z.string(),
  type: z.string(),
  fields: z.object({ whole: z.string(), number: z.string(), text: z.string(), code: z.string(), price: z.string() }),
});
type Lists = z.output<typeof ready>;
type Whole = keyof typeof sizes;

/** What is asked of a list, and how many rows answer. */
interface Question {
  readonly filter?: string;
  readonly after?: string | undefined;
  readonly rows: number;
  readonly counts?: boolean;
}

test('a long list of parts pages and filters as a short one does', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using database = await openTestDatabase();
  const more = Array.from({ length: others }, (_, place) => ({ code: `other-${place}`, parts: sizes.small }));
  const wholes = [...Object.entries(sizes).map(([code, parts]) => ({ code, parts })), ...more];
  await using system = await startProgram(`${root}/tests/bench/part-lists-process.ts`, {
    order: { databaseUrl: database.url, wholes },
    ready,
  });
  const { systems, type } = system.ready;
  await using gateway = await startGatewayProcess({ systems, registryUrl: 'http://127.0.0.1:9/graphql' });
  await using through = openAsker(gateway.ready.url);
  await using alone = openAsker(systems[0]?.url ?? '');

  const figures: Record<string, unknown> = {};
  for (const [way, asker] of Object.entries({ gateway: through, system: alone })) {
    const [large, small] = [await questionsOf(asker, system.ready, 'large'), await questionsOf(asker, system.ready, 'small')];
    for (const [name, question] of Object.entries(large)) {
      const peer = small[name];
      if (peer === undefined) throw new RangeError(name);
      const [ours, theirs] = [query(system.ready, 'large', question), query(system.ready, 'small', peer)];
      expect([readAnswer(system.ready, await asker.ask(ours)), readAnswer(system.ready, await asker.ask(theirs))]).toEqual([
        expectedOf('large', question),
        expectedOf('small', peer),
      ]);
      const acts = { ours: () => asker.ask(ours), peer: () => asker.ask(theirs) };
      figures[`${name}, ${way}`] = await sideBySide(acts, {
        count: 300,
        warmUp: 60,
        concurrency: 1,
      });
    }
  }
  await recordFigures('part-lists', { type, parts: sizes, otherLists: others, loadAtStart, questions: figures });
});

/** Every question, with cursors of this list. */
async function questionsOf(asker: Asker, lists: Lists, whole: Whole): Promise<Readonly<Record<string, Question>>> {
  const { text, code, price } = lists.fields;
  const filters = {
    code: `${code}: { in: ["RARE"] }`,
    text: `${text}: { text: "罕见" }`,
    price: `${price}: { lt: "1" }`,
  };
  const cursors = await cursorsOf(asker, lists, whole);
  const middle = cursors.at(cursors.length / 2 - 1) ?? '';
  return {
    'first page': { rows: perPage },
    'middle page': { after: middle, rows: perPage },
    'last page': { after: cursors.at(-1) ?? '', rows: perPage },
    ...Object.fromEntries(Object.entries(filters).map(([name, filter]) => [`by ${name}, counted`, { filter, rows: found, counts: true }])),
    'by a price that most have': { filter: `${price}: { gte: "1" }`, rows: perPage },
    'by a text that most have': { filter: `${text}: { text: "常用" }`, rows: perPage },
    'first page, all counted': { rows: perPage, counts: true },
  };
}

/** Where the pages end that are followed by another: the list is walked once. */
async function cursorsOf(asker: Asker, lists: Lists, whole: Whole): Promise<readonly string[]> {
  const cursors: string[] = [];
  for (;;) {
    const told: unknown = JSON.parse(await asker.ask(query(lists, whole, { rows: perPage, after: cursors.at(-1) })));
    if (at(told, 'data', lists.plural, 'pageInfo', 'hasNextPage') !== true) return cursors;
    cursors.push(textAt(told, 'data', lists.plural, 'pageInfo', 'endCursor'));
  }
}

function readAnswer({ plural }: Lists, told: string): readonly unknown[] {
  const page = at(JSON.parse(told), 'data', plural);
  return [listAt(page, 'nodes').length, at(page, 'totalCount')];
}

function expectedOf(whole: Whole, { rows, counts, filter }: Question): readonly unknown[] {
  return [rows, counts === true ? (filter === undefined ? sizes[whole] : found) : undefined];
}

function query({ plural, fields }: Lists, whole: Whole, { filter = '', after, counts = false }: Question): string {
  const cursor = after === undefined ? '' : `, after: ${JSON.stringify(after)}`;
  const list = `first: ${perPage}, order: ${fields.number.toUpperCase()}_ASC, filter: { ${fields.whole}: { in: ["${whole}"] } ${filter} }${cursor}`;
  const row = `id ${fields.whole} ${fields.number} ${fields.text} ${fields.code} ${fields.price} { yuan } system { code }`;
  return `{ ${plural}(${list}) { nodes { ${row} } pageInfo { hasNextPage endCursor } ${counts ? 'totalCount' : ''} } }`;
}
