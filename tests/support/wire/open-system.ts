/**
 * A system of one contract beside the board, read as when nothing is sealed any more: what a seal hides is tested elsewhere,
 * here all that was sent must show.
 */
import { createServer } from 'node:http';

import { type Store, type SystemContext, type SystemStore, buildSystemSchema, serveGraph, systemContext, typeOfId } from '@hub/kit';
import { listenOn } from '@hub/kit/process';
import { trustEverybody } from '@hub/kit/testing';
import { type Contract, type Dataset, type Field, type WireFields, decodeField, encodeRecordId, law, plural } from '@hub/schema';

import { type Reply, ask } from '../ask.ts';
import { at, isObject, listAt } from '../parse-json.ts';

/** A system that takes records, and answers for them. */
export interface OpenSystem extends AsyncDisposable {
  /** @returns What takes the records of a system that has none. */
  renew(): SystemStore;
  /** @returns Every field of the records with these keys, null for one that is not there; and how many are listed. */
  ask(dataset: Dataset, keys: readonly string[]): Promise<Told>;
  /** @returns The record as decoding says that it is told. */
  expected(dataset: Dataset, key: string, fields: WireFields): unknown;
}

/** What a system tells of a dataset. */
export interface Told {
  readonly records: readonly unknown[];
  readonly totalCount: unknown;
  readonly errors: Reply['errors'];
}

const { contracts, codes } = law();
const labelled = '{ code label }';
const asked: ReadonlyMap<string, string> = new Map([
  ['Code', labelled],
  ['Region', '{ code name }'],
  ['Money', `{ yuan amount currency ${labelled} unit ${labelled} form ${labelled} text }`],
  ['Party', `{ name code kind ${labelled} role ${labelled} entity { __typename code } }`],
  ['Record', '{ id }'],
]);

/** Serves a contract's records out of the store. */
export async function openSystem(store: Store, { name, datasets }: Contract): Promise<OpenSystem> {
  const laws = contracts.filter(({ contract }) => contract.name === name || contract.name === 'board');
  const byType = new Map([...store.byType].map(([type, stored]) => [type, { ...stored, dataset: unsealed(stored.dataset) }]));
  const schema = buildSystemSchema(
    laws.map(({ contract, ...rest }) => ({ ...rest, contract: { ...contract, datasets: contract.datasets.map(unsealed) } })),
  );
  const graph = await serveGraph<SystemContext>(schema, () => {});
  let target: SystemStore = { store, codes, system: systemRow(name, 0) };
  let systems = 0;
  const reading = (): SystemStore => ({ ...target, store: { ...store, byType } });
  const server = createServer(
    graph.listener({
      verifier: trustEverybody.verifierFor(target.system.code),
      context: (signal) => systemContext(reading(), { typeOfId, signal }),
    }),
  );
  const url = `http://127.0.0.1:${await listenOn(server, 0)}/graphql`;
  const idOf = ({ type }: Dataset, key: string): string => encodeRecordId({ system: target.system.code, type, key });
  const holdsRegister = datasets.some(({ type }) => type === 'MarketEntity');
  return {
    renew: () => (target = { ...target, system: systemRow(name, ++systems) }),
    async ask(dataset, keys) {
      const { type, fields } = dataset;
      const told = fields.map((field) => `${field.name} ${field.relation === undefined ? (asked.get(field.graphType) ?? '') : '{ id }'}`);
      const query = `query ($of: [_Any!]!) {
        _entities(representations: $of) { ... on ${type} { __typename id system { code } ${told.join(' ')} } }
        ${plural(type)}(first: 1) { totalCount } }`;
      const of = keys.map((key) => ({ __typename: type, id: idOf(dataset, key) }));
      const { data, errors } = await ask(url, { query, variables: { of } });
      const records = listAt(data, '_entities').map((record) => withoutRelations(dataset, record));
      return { records, totalCount: at(data, plural(type), 'totalCount'), errors };
    },
    expected(dataset, key, fields) {
      const own = dataset.fields.filter(({ relation }) => relation === undefined);
      const values = own.map((field): [string, unknown] => [field.name, valueOf(field, fields, holdsRegister)]);
      const system = { code: target.system.code };
      return Object.fromEntries([['__typename', dataset.type], ['id', idOf(dataset, key)], ['system', system], ...values]);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await graph[Symbol.asyncDispose]();
    },
  };
}

/** Of the register itself nobody asks where the register is: a company that it does not have is none. */
function valueOf(field: Field, fields: WireFields, holdsRegister: boolean): unknown {
  // The full record of a notice that was sent to the board itself is one that nobody has.
  if (field.graphType === 'Record') return null;
  const value: unknown = decodeField(field, fields, (list, code) => codes.label(list, code));
  if (field.graphType !== 'Party' || !holdsRegister) return value;
  const alone = (party: unknown): unknown => (isObject(party) ? { ...party, entity: null } : party);
  return Array.isArray(value) ? value.map(alone) : alone(value);
}

/** What stands in other records is compared with one database elsewhere (P6). */
function withoutRelations({ fields }: Dataset, record: unknown): unknown {
  if (!isObject(record)) return record;
  const relations = new Set(fields.flatMap(({ name, relation }) => (relation === undefined ? [] : [name])));
  return Object.fromEntries(Object.entries(record).filter(([name]) => !relations.has(name)));
}

function unsealed(dataset: Dataset): Dataset {
  return { ...dataset, sealed: undefined, fields: dataset.fields.map((field) => ({ ...field, sealed: undefined })) };
}

function systemRow(contract: string, place: number): SystemStore['system'] {
  return {
    code: `${contract}-${place}`,
    name: `交易系统 ${contract}`,
    nameEn: `System ${contract}`,
    owner: { name: '某中心', creditCode: undefined },
    region: '990100',
    platformCodes: [],
    contracts: ['board', contract],
    registeredAt: '2026-01-01T00:00:00+08:00',
    state: 'PUBLISHED',
  };
}
