/**
 * Lists of parts, as the lines of a catalogue: a part is keyed by its whole and a number in it. A whole of 20,000 parts pages
 * and filters as one of 20 does: as many statements, and each through an index.
 */
import { type Contract, type Dataset, encodeRecordId, law, type SortKey } from '@hub/schema';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Column, datasetColumns, tableName } from '../store/columns.ts';
import { analyze, logStatements, planOf } from '../testing/statement-log.ts';
import { openTestStore, type TestStore } from '../testing/test-store.ts';
import type { Filter } from './filter.ts';
import { readOrder } from './order.ts';
import { readPage } from './page.ts';

const system = 'system-1';
const [large, small, smallOnes] = [20_000, 20, 50];

interface PartList {
  readonly contract: Contract;
  readonly dataset: Dataset;
  readonly whole: Column;
  readonly number: Column;
}

/** The widest of the law's lists of parts whose number orders them. */
const list = law()
  .contracts.flatMap(({ contract }) => contract.datasets.flatMap((dataset) => partListOf(contract, dataset)))
  .toSorted((a, b) => b.dataset.fields.length - a.dataset.fields.length)[0];
if (list === undefined) throw new RangeError('The law has no list of parts.');
const { contract, dataset, whole, number } = list;
const columns = datasetColumns(dataset);
const text = columns.find(({ searched, kind, name }) => searched && kind === 'text' && name !== whole.name && name !== number.name);
const codes = columns.find(({ part }) => part === 'codes');

function partListOf(contract: Contract, dataset: Dataset): readonly PartList[] {
  const [wholeCode, numberCode, ...others] = dataset.key;
  const column = (code: string | undefined): Column | undefined =>
    datasetColumns(dataset).find(({ field, within }) => within === undefined && field.wire.some((wire) => wire.code === code));
  const [whole, number] = [column(wholeCode), column(numberCode)];
  if (whole === undefined || number?.field.orderable !== true || others.length > 0) return [];
  const isPart = contract.datasets.some(({ fields }) =>
    fields.some(({ graphType, list, relation }) => graphType === dataset.type && list && relation?.to === whole.field.name),
  );
  return isPart ? [{ contract, dataset, whole, number }] : [];
}

let opened: TestStore;
beforeAll(async () => {
  const board = law().contracts.flatMap(({ contract: one }) => (one.name === 'board' ? [one] : []));
  opened = await openTestStore({ contracts: [...board, contract] });
  await fill('w0', 0, large);
  for (let index = 1; index <= smallOnes; index++) await fill(`w${index}`, large + index * small, small);
  await analyze(opened.store.db);
});
afterAll(() => opened[Symbol.asyncDispose]());

async function fill(of: string, from: number, count: number): Promise<void> {
  const words = `chr(20000 + n % 997) || chr(20000 + n % 991)`;
  const values: readonly (readonly [string, string])[] = [
    [whole.name, `'${of}'`],
    [number.name, `lpad((n - ${from})::text, 6, '0')`],
    ...(text === undefined ? [] : [[text.name, words] as const]),
    ...(codes === undefined ? [] : [[codes.name, `array['C' || n % 500]`] as const]),
  ];
  await sql`insert into ${sql.table(tableName(dataset))} (system, key, id, version, origin, source, received_at, warnings, wire, ${sql.raw(values.map(([name]) => name).join(', '))})
    select ${system}::text, n::text, translate(encode(convert_to(${system}::text || ${`:${dataset.type}:`}::text || n, 'UTF8'), 'base64'), E'+/=\\n', '-_'),
      1, 'ORIGINAL', '{}', '2026-01-01'::timestamptz, '[]', '{}', ${sql.raw(values.map(([, value]) => value).join(', '))}
    from generate_series(${from + 1}::int, ${from + count}::int) as n`.execute(opened.store.db);
}

async function plansOf(of: string, more: Filter = {}, after?: SortKey): Promise<readonly string[]> {
  const order = readOrder(dataset, `${number.field.name.toUpperCase()}_ASC`);
  if (order === undefined) throw new RangeError(number.field.name);
  const log = logStatements(opened.store.db);
  await readPage(log.db, dataset, { system, filter: { [whole.field.name]: { in: [of] }, ...more }, order, first: 21, after });
  return Promise.all(log.statements.map((statement) => planOf(opened.store.db, statement)));
}

const deep: SortKey = ['015000', encodeRecordId({ system, type: dataset.type, key: '15000' })];

describe('a page of parts in their order', () => {
  test.each([
    ['the first page of a large whole', 'w0', undefined],
    ['a deep page of a large whole', 'w0', deep],
  ])('%s is one range of the number’s index: nothing is sorted', async (_, of, after) => {
    const [plan = '', ...others] = await plansOf(of, {}, after);
    expect(others).toEqual([]);
    expect(plan).toContain(`Index Scan using ${tableName(dataset)}_${number.name}_asc`);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  test('of a small whole among large ones goes through the whole’s index', async () => {
    const [plan = '', ...others] = await plansOf('w7');
    // Twenty rows may be a page short of twenty-one: then those without a number are asked for.
    expect(others.length).toBeLessThanOrEqual(1);
    expect(plan).toContain(`${tableName(dataset)}_${whole.name}`);
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('a filtered page of parts', () => {
  const rare = `${String.fromCodePoint(20_123)}${String.fromCodePoint(20_123)}`;
  const filters: readonly (readonly [string, Column | undefined, Filter])[] = [
    ['by a text', text, { [text?.field.name ?? '']: { text: rare } }],
    ['by a party’s code', codes, { [codes?.field.name ?? '']: { code: { in: ['C77'] } } }],
  ];
  test.each(filters)('%s goes through an index', async (_, column, filter) => {
    expect(column).toBeDefined();
    const plans = await plansOf('w0', filter);
    expect(plans.length).toBeLessThanOrEqual(2);
    expect(plans[0]).toContain(`${tableName(dataset)}_${column?.name}`);
    expect(plans[0]).not.toContain('Seq Scan');
  });
});
