/**
 * P2 to P5: the order of one sorted table, outages that change only their own rows, counts and groups that are the sums, and
 * entities that do not care how they are put together. @see design/partitioning.md «Properties»
 */
import { orderName, plural } from '@hub/schema';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { published, selectionOf } from '../support/board-records.ts';
import { comparable } from '../support/comparable.ts';
import { dice } from '../support/dice.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { groupsOf } from '../support/listed-groups.ts';
import { at, listAt, textAt } from '../support/parse-json.ts';
import { generateFilter } from '../support/query/generate-filter.ts';
import { generateQuery } from '../support/query/generate-query.ts';
import { QueryWriter } from '../support/query/query-writer.ts';
import { readThrough } from '../support/read-through.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, proving, sizeOf } from '../support/sizes.ts';
import { isAskedOfTrades, registers, trades } from '../support/trades.ts';
import { type Union, datasets } from '../support/union/union.ts';
import { sortedTable } from '../support/union/union-fields.ts';

const codes = ['s00', 's01', 's02', 's03'];
/** Holds the registers, of which there is one: it is never away here. */
const holder = 's04';
const figures: Record<string, number> = { systems: codes.length };
let federation: Federation;
let union: Union;

beforeAll(async () => {
  federation = await startFederation({
    province: generatedProvince(codes.length + 1, ({ code }) => ({ contracts: code === holder ? registers : trades })),
    records: { each: sizeOf({ test: 9, prove: 60 }), seed: 7 },
  });
  union = await federation.union();
}, generatedMs);
afterEach(() => federation.heal());
afterAll(async () => {
  await recordFigures('p2-to-p5', figures);
  await federation[Symbol.asyncDispose]();
});

/** A filter on deals that some deals match. */
function dealFilter(seed: number): Readonly<Record<string, unknown>> {
  const type = federation.law.getType('DealFilter');
  if (type === undefined || !('getFields' in type) || 'getInterfaces' in type || 'getTypes' in type) return {};
  const { systems: _, ...filter } = generateFilter(type, union.byType.get('Deal') ?? [], {
    throws: dice(seed),
    union,
    level: 'RESTRICTED',
    allows: () => true,
    writer: new QueryWriter(),
  });
  return filter;
}

describe('P2, order', () => {
  test('without outages every list in its orders is one sorted table', { timeout: generatedMs }, async () => {
    const throws = dice(2);
    const most = sizeOf({ test: 1, prove: 1000 });
    let rows = 0;
    for (const dataset of datasets().values()) {
      const names = ['RECEIVED', ...dataset.fields.filter(({ orderable }) => orderable).map(({ name }) => orderName(name))];
      const orders = names.flatMap((name) => [`${name}_ASC`, `${name}_DESC`]);
      for (const order of throws.some(orders, most, most)) {
        const whole = await readThrough(federation, {
          field: plural(dataset.type),
          type: dataset.type,
          order,
          first: throws.pick([23, 100]),
        });
        const table = sortedTable(union, dataset, { filter: {}, order }).map(({ id }) => ({ id }));
        expect({ list: dataset.type, order, rows: whole.rows }).toEqual({ list: dataset.type, order, rows: table });
        rows += table.length;
      }
    }
    figures['p2Rows'] = rows;
  });
});

describe('P3, outages', () => {
  test(
    'systems that are down change only their own rows: any query gives what the union of the others gives',
    { timeout: generatedMs },
    async () => {
      const runs = sizeOf({ test: 16, prove: 3000 });
      let withAnswer = 0;
      for (let seed = 0; seed < runs; seed++) {
        const throws = dice(seed);
        const dead = throws.some(codes, 1, codes.length - 1);
        const live = codes.filter((code) => !dead.includes(code));
        await federation.make('refused', dead);
        const among = await federation.union(live);
        federation.unionServer.replace(among);
        const generated = generateQuery(seed, {
          schema: federation.law,
          union: among,
          level: 'RESTRICTED',
          partial: true,
          allows: (type, field) =>
            isAskedOfTrades(type, field) &&
            !(type === 'Query' && /^_|ByCode$|^systems?$/.test(field)) &&
            field !== 'coverage' &&
            field !== 'hasNextPage',
        });
        const [hub, one] = [await federation.ask({ ...generated, level: 'RESTRICTED' }), await federation.askUnion(generated)];
        expect({ seed, query: generated.query, answer: comparable(hub, 'rows') }).toEqual({
          seed,
          query: generated.query,
          answer: comparable(one, 'rows'),
        });
        withAnswer += hub.errors.length === 0 ? 1 : 0;
        await federation.heal();
      }
      federation.unionServer.replace(union);
      expect(withAnswer).toBeGreaterThan(runs * 0.8);
      figures['p3Queries'] = runs;
    },
  );
});

describe('P4, sums', () => {
  test.each([{ dead: [] }, { dead: ['s01'] }, { dead: ['s00', 's03'] }])(
    'groups and counts equal what is listed, with $dead away and partial: true',
    { timeout: generatedMs },
    async ({ dead }) => {
      const runs = sizeOf({ test: 8, prove: 300 });
      for (let seed = 0; seed < runs; seed++) {
        await federation.make('refused', dead);
        const filter = dealFilter(seed);
        const by = dice(seed).some(['CATEGORY', 'STATE', 'REGION', 'TRADING_PLACE', 'SYSTEM', 'MONTH'], 0, 3);
        const select =
          'id system { code } origin direction category { code } state { code } region { code } tradingPlace { code } decidedAt price { yuan } reference { yuan } bidderCount';
        const list = await readThrough(federation, { field: 'deals', type: 'Deal', filter, first: 100, select });
        const reply = await federation.ask({
          query: `query Groups($filter: DealFilter, $by: [DealDimension!]!) { dealStatistics(filter: $filter, by: $by, partial: true) {
          groups { direction key { code } deals priced price saved bidders } coverage { complete missing { system { code } } } } }`,
          variables: { filter, by },
          level: 'RESTRICTED',
        });
        expect(reply.errors).toEqual([]);
        expect({ filter, by, groups: at(reply.data, 'dealStatistics', 'groups') }).toEqual({ filter, by, groups: groupsOf(list.rows, by) });
        expect(listAt(reply.data, 'dealStatistics', 'coverage', 'missing').map((one) => textAt(one, 'system', 'code'))).toEqual(dead);
        expect(new Set(list.totalCounts)).toEqual(new Set([list.rows.length]));
        await federation.heal();
      }
      figures['p4Filters'] = (figures['p4Filters'] ?? 0) + runs;
    },
  );

  test('the count of a list is the sum of the counts of its systems', async () => {
    for (const dataset of datasets().values()) {
      const count = async (filter: object): Promise<number> => {
        const reply = await federation.ask({
          query: `query Count($filter: ${dataset.type}Filter) { list: ${plural(dataset.type)}(filter: $filter, first: 1) { totalCount } }`,
          variables: { filter },
        });
        return Number(at(reply.data, 'list', 'totalCount'));
      };
      const each = await Promise.all([...codes, holder].map((code) => count({ systems: [code] })));
      expect({ list: dataset.type, count: await count({}) }).toEqual({
        list: dataset.type,
        count: each.reduce((sum, one) => sum + one, 0),
      });
    }
  });
});

describe('P5, entities', () => {
  test('a record reached through the board is the same in every company, order and number', { timeout: generatedMs }, async () => {
    const chosen = proving ? published : dice(5).some(published, 4, 4);
    let [seen, full] = [0, 0];
    for (const { category, reached } of chosen) {
      const record = `record { __typename id receivedAt system { code name } ${reached.map(selectionOf).join(' ')} }`;
      const answers = new Map<string, unknown>();
      const views = [
        { order: 'PUBLISHED_DESC', first: 100, filter: {} },
        { order: 'RECEIVED_ASC', first: 17, filter: {} },
        { order: 'PUBLISHED_ASC', first: 60, filter: { systems: ['s02'] } },
        { order: 'PUBLISHED_ASC', first: 5, filter: { title: { text: '道路' } } },
      ];
      for (const { filter, ...view } of views) {
        const { rows } = await readThrough(federation, {
          field: 'notices',
          type: 'Notice',
          select: `id ${record} again: ${record}`,
          filter: { ...filter, category: { in: [category] } },
          ...view,
        });
        for (const row of rows) {
          const id = textAt(row, 'id');
          const answer = at(row, 'record');
          expect(at(row, 'again')).toEqual(answer);
          expect(answers.get(id) ?? answer).toEqual(answer);
          answers.set(id, answer);
          seen += 1;
        }
      }
      const ofCategory = (union.byType.get('Notice') ?? []).filter(({ wire }) => wire['CATEGORY'] === category);
      expect({ category, rows: answers.size }).toEqual({ category, rows: ofCategory.length });
      const types = new Set([...answers.values()].map((answer) => at(answer, '__typename')));
      expect({ category, types: reached.filter(({ type }) => !types.has(type)) }).toEqual({ category, types: [] });
      full += types.size;
    }
    figures['p5Entities'] = seen;
    figures['p5Types'] = full;
  });

  test('however often an answer leads to a record, its system is asked for it once, and once for all of them', async () => {
    const asked = [...federation.proxies.values()].map(({ requests }) => ({ requests, before: requests.length }));
    const { data, errors } = await federation.ask({
      query:
        '{ notices(first: 100, filter: { category: { in: ["construction"] } }) { nodes { deals { record { ... on BidSection { name } } } } } }',
    });
    expect(errors).toEqual([]);
    const entities = asked.map(({ requests, before }) => requests.slice(before).filter((request) => request.includes('_entities')));
    const ids = entities.flat().flatMap((request) => listAt(JSON.parse(request), 'variables', 'hub_representations'));
    expect({
      mostOfOneSystem: Math.max(...entities.map(({ length }) => length)),
      repeated: ids.length - new Set(ids.map((one) => textAt(one, 'id'))).size,
    }).toEqual({ mostOfOneSystem: 1, repeated: 0 });
    expect(entities.flat().length).toBeGreaterThan(1);
    const reached = listAt(data, 'notices', 'nodes').flatMap((node) => listAt(node, 'deals'));
    expect(reached.length).toBeGreaterThan(100);
  });
});
