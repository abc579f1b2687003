/**
 * Every field of the API over the union: one function for all types, for the tables are plain data.
 * @see design/partitioning.md P6
 */
import { type Dataset, HubError, type SystemRow, decodeRecordId, law, orderName, plural, printInstant, singular } from '@hub/schema';
import type { GraphQLFieldResolver } from 'graphql';

import { isObject } from '../parse-json.ts';
import { type Union, type UnionRecord, datasets } from './union.ts';
import { matches } from './union-filter.ts';
import { type StatisticsArguments, unionStatistics } from './union-statistics.ts';
import { compareRecords, compareText, fieldOf, isReadable, shownValue, textsOf } from './union-values.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** @returns The value of any field; GraphQL's own rules do the rest. */
export const unionField: GraphQLFieldResolver<unknown, Union, Arguments> = (...call) => {
  const [source, args, union, { parentType, fieldName }] = call;
  if (parentType.name === 'Query') return rootField(union, fieldName, args);
  if (isRecord(source)) return recordField(union, source, fieldName);
  if (isObject(source) && isCompany(source) && fieldName !== 'code') return companyField(union, source, fieldName);
  return isObject(source) ? source[fieldName] : undefined;
};

/** Whether a value is a record of the union. */
export function isRecord(value: unknown): value is UnionRecord {
  return isObject(value) && 'dataset' in value && 'wire' in value;
}

interface Company {
  readonly __typename: string;
  readonly code: string;
}

/** Whether a value is what a party says of the company that the register knows. */
function isCompany(value: Readonly<Record<string, unknown>>): value is Company & Readonly<Record<string, unknown>> {
  return typeof value['__typename'] === 'string' && typeof value['code'] === 'string';
}

/** What the register says of it; nothing where it does not know the company. */
function companyField(union: Union, { __typename, code }: Company, name: string): unknown {
  const record = (union.byType.get(__typename) ?? []).find((one) => textsOf(one, fieldOf(one, one.dataset.byCode ?? '')).includes(code));
  return record === undefined ? null : recordField(union, record, name);
}

function rootField(union: Union, name: string, args: Arguments): unknown {
  if (name === 'systems') return union.systems.map((row) => registered(union, row));
  if (name === 'system') {
    const row = union.systems.find(({ code }) => code === args['code']);
    return row === undefined ? null : registered(union, row);
  }
  if (name === 'dealStatistics')
    return { groups: unionStatistics(union, statisticsArguments(args)), coverage: coverage(union, args['filter'], 'board') };
  for (const dataset of datasets().values()) {
    if (name === plural(dataset.type)) return page(union, dataset, args);
    if (name === singular(dataset.type)) return single(union, dataset, String(args['id']));
    if (name === `${singular(dataset.type)}ByCode`) return byCode(union, dataset, String(args['code']));
  }
  return undefined;
}

function statisticsArguments({ filter, by }: Arguments): StatisticsArguments {
  return { filter, by: Array.isArray(by) ? by.map(String) : [] };
}

/** @returns All readable records of a type that match, in an order: the whole table, sorted. */
export function sortedTable(
  union: Union,
  dataset: Dataset,
  { filter, order }: { readonly filter: unknown; readonly order: string },
): readonly UnionRecord[] {
  const [, name = '', direction] = /^(.+)_(ASC|DESC)$/.exec(order) ?? [];
  const by = name === 'RECEIVED' ? 'receivedAt' : dataset.fields.find((field) => field.orderable && orderName(field.name) === name)?.name;
  if (by === undefined) throw new RangeError(`no order ${order}`);
  return (union.byType.get(dataset.type) ?? [])
    .filter((record) => isReadable(union, record) && matches(record, filter))
    .toSorted((a, b) => compareRecords(a, b, { by, descending: direction === 'DESC' }));
}

function page(union: Union, dataset: Dataset, { filter, order, first, after }: Arguments): object {
  const rows = sortedTable(union, dataset, { filter, order: String(order) });
  const start = typeof after === 'string' ? Number(after) : 0;
  const end = start + Number(first);
  const edges = rows.slice(start, end).map((node, index) => ({ cursor: String(start + index + 1), late: false, node }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage: end < rows.length, endCursor: edges.at(-1)?.cursor ?? String(start) },
    totalCount: rows.length,
    coverage: coverage(union, filter, contractOf(dataset)),
  };
}

function contractOf({ code }: Dataset): string {
  const found = law().contracts.find(({ contract }) => contract.datasets.some((dataset) => dataset.code === code));
  return found?.contract.name ?? '';
}

function coverage(union: Union, filter: unknown, contract: string): object {
  const named = isObject(filter) && Array.isArray(filter['systems']) ? filter['systems'].map(String) : undefined;
  const answered = union.systems.filter(({ code, contracts }) => contracts.includes(contract) && (named?.includes(code) ?? true));
  return { complete: true, answered: answered.map((row) => registered(union, row)), missing: [], retryAfterMs: null };
}

function single(union: Union, dataset: Dataset, id: string): UnionRecord | null {
  if (decodeRecordId(id)?.type !== dataset.type) throw new HubError('ID_INVALID', { zh: '标识无效', en: 'no id' });
  const record = union.byId.get(id);
  return record !== undefined && isReadable(union, record) ? record : null;
}

function byCode(union: Union, dataset: Dataset, code: string): UnionRecord | null {
  const found = (union.byType.get(dataset.type) ?? []).filter(
    (record) => isReadable(union, record) && textsOf(record, fieldOf(record, dataset.byCode ?? '')).includes(code.trim().toUpperCase()),
  );
  const originals = found.filter(({ origin }) => origin === 'ORIGINAL');
  const [only, ...others] = found.length === 1 ? found : originals;
  if (only !== undefined && others.length === 0) return only;
  if (found.length === 0) return null;
  throw new HubError('CODE_CONFLICT', { zh: '编号冲突', en: 'conflict' });
}

function recordField(union: Union, record: UnionRecord, name: string): unknown {
  if (name === 'receivedAt') return printInstant(record.receivedAt);
  if (name === 'system') return registered(union, record.system);
  if (name === 'source') return { kind: record.source.kind, name: record.source.name ?? null, url: record.source.url ?? null };
  if (name === 'id' || name === 'origin' || name === 'warnings') return record[name];
  const field = fieldOf(record, name);
  const { relation, graphType, list } = field;
  if (graphType === 'Record') return fullRecord(union, record, field.wire[0]?.code ?? '');
  if (relation === undefined) return shownValue(union, record, field);
  const wanted = textsOf(record, fieldOf(record, relation.from));
  const related = (union.byType.get(graphType) ?? [])
    .filter((other) => other.system === record.system && isReadable(union, other))
    .filter((other) => textsOf(other, fieldOf(other, relation.to)).some((text) => wanted.includes(text)))
    .toSorted((a, b) => compareText(a.id, b.id));
  return list ? related : (related[0] ?? null);
}

function fullRecord(union: Union, { wire, system }: UnionRecord, code: string): UnionRecord | null {
  const record = union.byId.get(wire[code] ?? '');
  return record !== undefined && record.system === system && isReadable(union, record) ? record : null;
}

/** A system as the registry shows it. */
function registered({ codes }: Union, row: SystemRow): object {
  return {
    ...row,
    owner: row.owner.name,
    ownerCode: row.owner.creditCode ?? null,
    region: { code: row.region, name: codes.label('REGION', row.region) ?? null },
    platformCodes: row.platformCodes.map(({ platform, tradePlat }) => `${platform}/${tradePlat}`),
  };
}
