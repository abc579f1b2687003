/**
 * A system in a process of its own that holds long and short lists of parts, as the lines of catalogues: sent record by record
 * and stored through the one function that writes.
 */
import { createServer } from 'node:http';

import {
  type Incoming,
  acceptRecords,
  batchSize,
  buildSystemSchema,
  openStore,
  serveGraph,
  systemContext,
  typeOfId,
  writeJsonLine,
} from '@hub/kit';
import type { SystemContext, SystemStore } from '@hub/kit';
import { createLog, listenOn } from '@hub/kit/process';
import { trustEverybody } from '@hub/kit/testing';
import { type Dataset, type Field, type WireField, law, plural, sampleValue } from '@hub/schema';
import postgres from 'postgres';
import { z } from 'zod';

const order = z.object({ databaseUrl: z.string(), wholes: z.array(z.object({ code: z.string(), parts: z.number() })) });
/** Parts of each whole that a filter finds, whatever the length of its list. */
const found = 10;
const { contracts, codes } = law();
const log = createLog('systems', 'warn');

/** A list whose parts are keyed by their whole and a number in it; and what else they can be found by. */
interface PartList {
  readonly contract: string;
  readonly dataset: Dataset;
  readonly whole: Field;
  readonly number: Field;
  readonly text: Field;
  readonly code: Field;
  readonly price: Field;
}

/** The widest there is. */
const list = contracts
  .flatMap(({ contract }) => contract.datasets.flatMap((dataset) => partListOf(contract.name, dataset)))
  .toSorted((a, b) => b.dataset.fields.length - a.dataset.fields.length)[0];

function partListOf(contract: string, dataset: Dataset): readonly PartList[] {
  const [wholeCode, numberCode, ...others] = dataset.key;
  const indexed = dataset.fields.filter((field) => field.indexed && !field.list);
  const [whole, number] = [wholeCode, numberCode].map((code) => indexed.find(({ wire }) => wire[0]?.code === code));
  const rest = indexed.filter((field) => field !== whole && field !== number);
  const text = rest.find(({ graphType, wire }) => graphType === 'String' && wire[0]?.required === true && longest(wire[0]) > 50);
  const code = rest.find((field) => field.graphType === 'String' && field !== text && longest(field.wire[0]) <= 20);
  const price = rest.find(({ graphType }) => graphType === 'Money');
  if (others.length > 0 || whole === undefined || number?.orderable !== true) return [];
  return text === undefined || code === undefined || price === undefined ? [] : [{ contract, dataset, whole, number, text, code, price }];
}

function longest(wire: WireField | undefined): number {
  return Number(/\d+$/.exec(wire?.type ?? '')?.[0] ?? 0);
}

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  if (list === undefined) throw new RangeError('The law has no list of parts with a price.');
  const { databaseUrl, wholes } = order.parse(message);
  const laws = contracts.filter(({ contract }) => contract.name === 'board' || contract.name === list.contract);
  const store = await openStore({ url: databaseUrl, contracts: laws.map(({ contract }) => contract), poolSize: 8 });
  const names = laws.map(({ contract }) => contract.name);
  const target: SystemStore = { store, codes, system: systemRow(names) };
  for (const { code, parts } of wholes) await fill(target, list, { whole: code, parts });
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`vacuum analyze`;
  await sql.end();
  const graph = await serveGraph<SystemContext>(buildSystemSchema(laws), (cause) => log.error({ err: cause }, 'fault'));
  const server = createServer(
    graph.listener({
      verifier: trustEverybody.verifierFor(target.system.code),
      context: (signal) => systemContext(target, { typeOfId, signal }),
    }),
  );
  const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
    void graph[Symbol.asyncDispose]();
    void store[Symbol.asyncDispose]();
  });
  const { whole, number, text, code, price, dataset } = list;
  const fields = { whole: whole.name, number: number.name, text: text.name, code: code.name, price: price.name };
  process.send?.({ systems: [{ ...target.system, url, state: 'published' }], plural: plural(dataset.type), type: dataset.type, fields });
}

async function fill(target: SystemStore, parts: PartList, { whole, parts: count }: { readonly whole: string; readonly parts: number }) {
  for (let from = 1; from <= count; from += batchSize) {
    const numbers = Array.from({ length: Math.min(batchSize, count - from + 1) }, (_, place) => from + place);
    const batch = numbers.map((number) => incoming(parts, { whole, number, isFound: number % (count / found) === 0 }));
    const answers = await acceptRecords(target, batch, '2026-11-22T04:00:00.000000Z');
    const refused = answers.find(({ refusals }) => refusals.length > 0);
    if (refused !== undefined) throw new RangeError(JSON.stringify(refused.refusals));
  }
}

interface Part {
  readonly whole: string;
  readonly number: number;
  readonly isFound: boolean;
}

function incoming({ dataset, ...named }: PartList, { whole, number, isFound }: Part): Incoming {
  const fields: Record<string, string> = {};
  for (const field of dataset.fields) {
    for (const wire of field.wire.filter((one) => one.code !== '' && one.required))
      fields[wire.code] = sampleValue(field, wire, { codes, place: 1 });
  }
  const set = (field: Field, value: string): void => void (fields[field.wire[0]?.code ?? ''] = value);
  set(named.whole, whole);
  set(named.number, String(number).padStart(6, '0'));
  set(
    named.text,
    `${isFound ? '罕见' : '常用'}${String.fromCodePoint(0x4e00 + (number % 997))}${String.fromCodePoint(0x5e00 + (number % 991))}片`,
  );
  set(named.code, isFound ? 'RARE' : `C${number}`);
  set(named.price, isFound ? `0.0${(number % 9) + 1}` : `${10 + (number % 500)}.5`);
  const record = { dataset: dataset.code, dataKey: undefined, op: 'put', fields } as const;
  return { record, message: { format: 'json', body: writeJsonLine(record) }, source: { kind: 'DEMONSTRATION' } };
}

function systemRow(names: readonly string[]): SystemStore['system'] {
  return {
    code: 'parts',
    name: '目录系统',
    nameEn: 'Catalogues',
    owner: { name: '某中心', creditCode: undefined },
    region: '990100',
    platformCodes: [],
    contracts: names,
    registeredAt: '2026-01-01T00:00:00+08:00',
    state: 'PUBLISHED',
  };
}
