import { type SortKey, encodeRecordId } from '@hub/schema';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { columnsOf } from '../store/columns.ts';
import { analyze, logStatements, planOf } from '../testing/statement-log.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

import type { Filter } from './filter.ts';
import { findByColumn, findByIds } from './find.ts';
import { readOrder } from './order.ts';
import { countRows, readPage } from './page.ts';

const system = 'system-1';
const rows = 20_000;
let opened: TestStore;

/** Enough rows, over three systems, that reading all of them would be the dearer way. */
beforeAll(async () => {
  opened = await openTestStore();
  const { db } = opened.store;
  const fill = (type: string, table: string, columns: string, values: string) =>
    sql`insert into ${sql.table(table)} (system, key, id, version, origin, source, received_at, warnings, wire, ${sql.raw(columns)})
      select 'system-' || (1 + n % 3), n::text, translate(encode(convert_to('system-' || (1 + n % 3) || ${`:${type}:`} || n, 'UTF8'), 'base64'), E'+/=\\n', '-_'),
        1, 'ORIGINAL', '{}', '2026-01-01'::timestamptz + n * interval '1 second', '[]', '{}', ${sql.raw(values)}
      from generate_series(1, ${rows}) as n`.execute(db);
  const words = `chr(20000 + n % 997) || chr(20000 + n % 991) || '道路' || chr(21000 + n % 983)`;
  await fill(
    'Notice',
    'notice',
    'i_title, i_published_at, i_lot_codes',
    `${words}, case when n % 7 > 0 then '2026-01-01'::timestamptz + (n / 5) * interval '1 minute' end, array['L' || n]`,
  );
  await fill(
    'Deal',
    'deal',
    'contract, i_lot_code, i_title, i_opens_at, i_state, i_winners_names, i_winners_codes, i_price',
    `'construction', 'L' || n, ${words}, '2026-06-01', 'AWARDED', array[${words}], array['C' || n], n`,
  );
  await fill(
    'Bid',
    'bid',
    'i_section_code, i_tender_project_code, i_submitted_at, i_bidders_names',
    `'L' || n, 'P' || n / 10, '2026-01-01'::timestamptz + n * interval '1 minute', array[${words}]`,
  );
  await analyze(db);
});
afterAll(() => opened[Symbol.asyncDispose]());

async function plansOf(
  type: string,
  act: (db: ReturnType<typeof logStatements>['db'], dataset: Parameters<typeof readPage>[1]) => Promise<unknown>,
): Promise<readonly string[]> {
  const dataset = opened.store.byType.get(type)?.dataset;
  if (dataset === undefined) throw new RangeError(type);
  const log = logStatements(opened.store.db);
  await act(log.db, dataset);
  return Promise.all(log.statements.map((statement) => planOf(opened.store.db, statement)));
}

function pageOf(
  type: string,
  name: string,
  { filter, after }: { readonly filter?: Filter; readonly after?: SortKey } = {},
): Promise<readonly string[]> {
  return plansOf(type, (db, dataset) => {
    const order = readOrder(dataset, name);
    if (order === undefined) throw new RangeError(name);
    return readPage(db, dataset, { system, filter, order, first: 21, after });
  });
}

const deep: SortKey = ['2026-01-02T12:00:00.000000Z', encodeRecordId({ system, type: 'Notice', key: '1' })];

describe('partitioning.md «Page»: a page is one range of one index, however deep it lies', () => {
  test.each([
    ['PUBLISHED_DESC', 'notice_i_published_at_desc'],
    ['PUBLISHED_ASC', 'notice_i_published_at_asc'],
    ['RECEIVED_DESC', 'notice_received_desc'],
    ['RECEIVED_ASC', 'notice_received_asc'],
  ])('%s', async (order, index) => {
    for (const after of [undefined, deep]) {
      const [plan = '', ...others] = await pageOf('Notice', order, after === undefined ? {} : { after });
      expect(others).toEqual([]);
      expect(plan).toContain(`Index Scan using ${index} on notice t`);
      expect(plan).not.toMatch(/Sort|Seq Scan/);
    }
  });

  test('its end, among the rows without a value', async () => {
    const [plan = ''] = await pageOf('Notice', 'PUBLISHED_DESC', { after: [null, deep[1]] });
    expect(plan).toContain('Index Scan using notice_i_published_at_desc on notice t');
    expect(plan).toContain('i_published_at IS NULL');
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  test('of sealed rows', async () => {
    const [plan = ''] = await pageOf('Bid', 'SUBMITTED_DESC', { after: ['2026-01-02T12:00:00.000000Z', deep[1]] });
    expect(plan).toContain('Index Scan using bid_i_submitted_at_desc on bid t');
    expect(plan).toContain('deal_i_lot_code');
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('graph.md «Shape»: filters go through an index', () => {
  const rare = `${String.fromCodePoint(20_123)}${String.fromCodePoint(20_123)}`;
  test.each([
    ['text of two characters', 'Notice', { title: { text: rare } }, 'notice_i_title_grams'],
    ['text in a list of parties', 'Deal', { winners: { name: { text: rare } } }, 'deal_i_winners_names_grams'],
    ['a whole title, which has no index of its own', 'Notice', { title: { in: [`${rare}道路`, rare] } }, 'notice_i_title_grams'],
    ['a party’s code', 'Deal', { winners: { code: { in: ['c77'] } } }, 'deal_i_winners_codes'],
    ['a code in a list', 'Notice', { lotCodes: { in: ['L77'] } }, 'notice_i_lot_codes'],
    ['an identifier', 'Bid', { sectionCode: { in: ['l76'] } }, 'bid_i_section_code'],
    ['an amount', 'Deal', { price: { gte: '19990' } }, 'deal_i_price'],
  ])('%s', async (_, type, filter, index) => {
    const order = type === 'Notice' ? 'PUBLISHED_DESC' : 'RECEIVED_DESC';
    const [plan = ''] = await pageOf(type, order, { filter });
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('graph.md: look-ups and counts', () => {
  test('records by id, of sealed rows too', async () => {
    const [plan = ''] = await plansOf('Bid', (db, dataset) => findByIds(db, dataset, { system, ids: [deep[1], deep[1]] }));
    expect(plan).toContain('bid_id_unique');
    expect(plan).not.toContain('Seq Scan');
  });

  test('rows of a relation', async () => {
    const [plan = ''] = await plansOf('Bid', (db, dataset) => {
      const [column] = dataset.fields.filter(({ name }) => name === 'tenderProjectCode').flatMap(columnsOf);
      return column === undefined ? Promise.resolve() : findByColumn(db, dataset, { system, column, values: ['P1', 'P2'] });
    });
    expect(plan).toContain('bid_i_tender_project_code');
    expect(plan).not.toContain('Seq Scan');
  });

  test('sealed rows are counted by joins, not one by one', async () => {
    const [plan = ''] = await plansOf('Bid', (db, dataset) => countRows(db, dataset, { system, filter: undefined }));
    expect(plan).not.toContain('SubPlan');
    expect(plan).toMatch(/Hash|Merge/);
  });
});
