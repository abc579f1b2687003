/**
 * Every dataset round-trips: whatever valid record is sent comes out of its messages, of the store and of the graph as it was
 * sent; so does what it is changed to, and its withdrawal.
 * @see design/graph.md «Types»: record → wire → record is the identity
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Incoming, type Store, acceptRecords, openStore, readWireFile, writeJsonLine, writeXmlMessage } from '@hub/kit';
import { type TestDatabase, migratedForSystems, openTestDatabase } from '@hub/kit/testing';
import { type Dataset, type WireFields, type WireRecord, contentHash, decodeField, law, recordKey, validateRecord } from '@hub/schema';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { generatedMs, sizeOf } from '../support/sizes.ts';
import { type Life, awkwardLife } from '../support/wire/awkward-records.ts';
import { type OpenSystem, type Told, openSystem } from '../support/wire/open-system.ts';

const { contracts, codes } = law();
const withDatasets = contracts.filter(({ contract }) => contract.datasets.length > 0);
/** In full size every code of every list stands in a complete record: no list has more than 33. */
const records = sizeOf({ test: 9, prove: 3 * 33 });
const runs = { numRuns: sizeOf({ test: 1, prove: 3 }), endOnFailure: true } as const;
const forms = [
  { format: 'xml', name: 'messages.xml', write: writeXmlMessage },
  { format: 'json', name: 'lines.jsonl', write: writeJsonLine },
] as const;

let folder = '';
let database: TestDatabase;
let store: Store;
let sql: postgres.Sql;

type Target = ReturnType<OpenSystem['renew']>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'round-trip-'));
  database = await openTestDatabase(migratedForSystems());
  store = await openStore({ url: database.url, contracts: contracts.map(({ contract }) => contract), poolSize: 4 });
  sql = postgres(database.url, { max: 1 });
});
afterAll(async () => {
  await sql.end();
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** The records as they are read from messages of a form, with those messages. */
async function read(told: readonly WireRecord[], { name, write }: (typeof forms)[number]): Promise<readonly Incoming[]> {
  const path = join(folder, name);
  await writeFile(path, told.map(write).join('\n'));
  const entries = await Array.fromAsync(readWireFile(path));
  return entries.flatMap((entry) => ('record' in entry ? [{ ...entry, source: { kind: 'SYSTEM' } }] : []));
}

/** Messages of both forms read as the same records, which the law admits; of each record one of the two goes into the system. */
async function tell(target: Target, dataset: Dataset, told: readonly WireRecord[]): Promise<readonly string[]> {
  const [xml, json] = [await read(told, forms[0]), await read(told, forms[1])];
  for (const incoming of [xml, json]) expect(incoming.map(({ record }) => record)).toEqual(told);
  const refused = told.map((record) => validateRecord(dataset, record, { codes, sourceKind: 'SYSTEM' }).refusals);
  expect(refused).toEqual(told.map(() => []));
  const batch = told.flatMap((_, place) => (place % 2 === 0 ? xml : json)[place] ?? []);
  const answers = await acceptRecords(target, batch, '2026-11-22T04:00:00.000000Z');
  return answers.map(({ outcome }) => `${outcome?.state} ${outcome?.version}`);
}

/** What the database has of each record: in both forms the wire form of its versions, and the messages that brought them. */
async function kept(target: Target, { code }: Dataset): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const rows = await sql<(Pick<WireRecord, 'op'> & { key: string; wire: WireFields; body: string })[]>`
    select v.key, v.op, v.wire, m.body from record_version v join message m on m.id = v.message
    where v.system = ${target.system.code} and v.dataset = ${code} order by v.version`;
  const versions = rows.map(({ key, op, wire, body }) => ({
    key,
    told: [body, ...written({ dataset: code, dataKey: key, op, fields: wire })],
  }));
  return new Map([...Map.groupBy(versions, ({ key }) => key)].map(([key, all]) => [key, all.map(({ told }) => told)]));
}

/** Both forms, fields in the order of their names: the database keeps none. */
function written(record: WireRecord): readonly string[] {
  const fields = Object.fromEntries(Object.entries(record.fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return forms.map(({ write }) => write({ ...record, fields }));
}

describe.each(withDatasets)('the records of $contract.name', ({ contract }) => {
  let system: OpenSystem;
  beforeAll(async () => {
    system = await openSystem(store, contract);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  test('each code of each list that a field draws on is read as itself', () => {
    expect(contract.datasets.flatMap(codesLost)).toEqual([]);
  });

  test.each(contract.datasets)('$code', { timeout: generatedMs }, async (dataset) => {
    const lives = fc.tuple(...Array.from({ length: records }, (_, turn) => awkwardLife(dataset, { codes, turn })));
    await fc.assert(
      fc.asyncProperty(lives, async (all) => {
        const { told, expected } = await roundTrip(system, dataset, all);
        expect(told).toEqual(expected);
      }),
      runs,
    );
  });
});

/** What a system tells of some lives step by step, and what it is to tell. */
async function roundTrip(system: OpenSystem, dataset: Dataset, lives: readonly Life[]): Promise<Record<'told' | 'expected', unknown>> {
  const target = system.renew();
  const first = lives.map((life) => life.first);
  const changed = lives.map((life) => life.changed);
  const withdrawn = lives.map((life) => life.withdrawn);
  const keys = first.map((record) => recordKey(dataset, record) ?? '');
  const told = {
    lost: lives.flatMap(({ first: { fields }, complete }) => (complete ? notShown(dataset, fields) : [])),
    first: [await tell(target, dataset, first), await system.ask(dataset, keys)],
    changed: [await tell(target, dataset, changed), await system.ask(dataset, keys)],
    withdrawn: [await tell(target, dataset, withdrawn), await system.ask(dataset, keys)],
    kept: await kept(target, dataset),
  };
  // A record of nothing but required fields may be the same twice.
  const isNews = lives.map((life) => contentHash(dataset.code, life.first.fields) !== contentHash(dataset.code, life.changed.fields));
  const standing = lives.map((life, place) => (isNews[place] === true ? life.changed : life.first));
  const shown = (records: readonly WireRecord[]): Told => ({
    records: records.map(({ fields }, place) => system.expected(dataset, keys[place] ?? '', fields)),
    totalCount: records.length,
    errors: [],
  });
  const versions = lives.map((life, place): [string, unknown] => {
    const all = [life.first, ...(isNews[place] === true ? [life.changed] : []), life.withdrawn];
    const dataKey = keys[place];
    return [dataKey ?? '', all.map((record) => [forms[place % 2]?.write(record), ...written({ ...record, dataKey })])];
  });
  const expected = {
    lost: [],
    first: [lives.map(() => 'ACCEPTED 1'), shown(first)],
    changed: [isNews.map((news) => (news ? 'ACCEPTED 2' : 'UNCHANGED 1')), shown(standing)],
    withdrawn: [isNews.map((news) => `ACCEPTED ${news ? 3 : 2}`), { records: keys.map(() => null), totalCount: 0, errors: [] }],
    kept: new Map(versions),
  };
  return { told, expected };
}

/** Codes of a list that the law refuses, or that decoding does not tell with their label. */
function codesLost(dataset: Dataset): readonly unknown[] {
  return dataset.fields.flatMap((field) =>
    field.wire.flatMap((wire) =>
      (wire.code === '' ? [] : (codes.list(wire.list ?? '')?.values ?? [])).flatMap(({ code }) => {
        const fields = { ...Object.fromEntries(field.wire.slice(0, 1).map((lead) => [lead.code, '1'])), [wire.code]: code };
        const record: WireRecord = { dataset: dataset.code, dataKey: 'k', op: 'put', fields };
        const { refusals } = validateRecord(dataset, record, { codes, sourceKind: 'SYSTEM' });
        const told = JSON.stringify(decodeField(field, fields, (list, one) => codes.label(list, one)));
        const label = codes.label(wire.list ?? '', code);
        const shown =
          field.graphType === 'Boolean'
            ? told !== 'null'
            : told.includes(`{"code":"${code}","${field.graphType === 'Region' ? 'name' : 'label'}":"${label}"}`);
        return shown && refusals.every((violation) => violation.field !== wire.code) ? [] : [[dataset.code, wire.code, code, told]];
      }),
    ),
  );
}

/** Fields whose values were sent and are told nothing of. */
function notShown({ fields }: Dataset, sent: WireFields): readonly unknown[] {
  return fields
    .filter(({ relation, graphType }) => relation === undefined && graphType !== 'Record')
    .filter((field) => [decodeField(field, sent, () => undefined) ?? []].flat().length === 0)
    .map(({ name, wire }) => [name, wire.map(({ code }) => sent[code])]);
}
