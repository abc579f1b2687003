/**
 * The same record as GraphQL tells it: a query that anybody may ask, and its answer.
 * @see design/graph.md «Shape»
 */
import type { CodeLists } from '../../codes.ts';
import type { Dataset, Field } from '../../contract.ts';
import { decodeField } from '../../decode/decode-field.ts';
import { plural } from '../../naming.ts';
import { encodeRecordId } from '../../record-id.ts';
import { recordKey } from '../../record-key.ts';
import type { WireRecord } from '../../wire-record.ts';

/** Field name → what is asked of it; undefined for a leaf. */
interface Asked {
  readonly [field: string]: Asked | undefined;
}

const labelled: Asked = { code: undefined, label: undefined };
const askedOf: ReadonlyMap<string, Asked> = new Map([
  ['Code', labelled],
  ['Region', { code: undefined, name: undefined }],
  ['Money', { yuan: undefined, amount: undefined, unit: labelled }],
  ['Party', { name: undefined, code: undefined, role: labelled }],
]);
const system = { code: 'example', name: '示例系统' } as const;

/** @returns The query; it leaves out relations and what is not PUBLIC. */
export function sampleQuery(dataset: Dataset): string {
  const fields = { id: undefined, system: { code: undefined, name: undefined }, ...asked(dataset) };
  return `{\n  ${plural(dataset.type)}(first: 1) {\n    nodes {\n${printAsked(fields, '      ')}    }\n  }\n}`;
}

/** @returns The answer of a hub that has this record only, as JSON. */
export function sampleAnswer(dataset: Dataset, record: WireRecord, codes: CodeLists): string {
  const told = openFields(dataset).map((field): readonly [string, unknown] => {
    const value: unknown = decodeField(field, record.fields, (list, code) => codes.label(list, code));
    return [field.name, picked(value, askedOf.get(field.graphType))];
  });
  const id = encodeRecordId({ system: system.code, type: dataset.type, key: recordKey(dataset, record) ?? '' });
  const node = { id, system, ...Object.fromEntries(told) };
  return JSON.stringify({ data: { [plural(dataset.type)]: { nodes: [node] } } }, undefined, 2);
}

function openFields({ fields }: Dataset): readonly Field[] {
  return fields.filter(
    ({ visibility, relation, graphType }) => visibility === 'PUBLIC' && relation === undefined && graphType !== 'Record',
  );
}

function asked(dataset: Dataset): Asked {
  return Object.fromEntries(openFields(dataset).map(({ name, graphType }) => [name, askedOf.get(graphType)]));
}

function printAsked(fields: Asked, indent: string): string {
  return Object.entries(fields)
    .map(([name, inner]) => `${indent}${name}${inner === undefined ? '' : ` ${printInline(inner)}`}\n`)
    .join('');
}

function printInline(fields: Asked): string {
  return `{ ${Object.entries(fields)
    .map(([name, inner]) => (inner === undefined ? name : `${name} ${printInline(inner)}`))
    .join(' ')} }`;
}

function picked(value: unknown, fields: Asked | undefined): unknown {
  if (fields === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => picked(item, fields));
  const all = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, picked(all.get(name), inner)]));
}
