/**
 * Ways to write down that one field of a record is wanted: under other names, inside fragments of every kind, on conditions.
 */
import type { Field } from '@hub/schema';

import { type Making, type Target, isRecord } from './probe.ts';

type Style = (target: Target, selection: string, making: Making) => string;

/** Names that the hub uses itself between gateway and systems. */
const innerNames = ['root', 'key', 'n0', 'n1', 'hub_id', 'hub_origin', '_hub_id', 'nodes', 'representations', 'id', 'warnings'] as const;

/** @returns A selection of the target inside a record of its type. */
export function writeSelection(target: Target, making: Making): string {
  return making.throws.pick(isRecord(target.dataset) ? [...styles, ...asRecord] : styles)(
    target,
    selectionOf(target.field, making),
    making,
  );
}

/** @returns The field itself, with all there is below it. */
export function selectionOf({ name, graphType, relation }: Field, { throws }: Making): string {
  if (relation !== undefined)
    return `${name} { ${throws.pick(['id', '__typename', 'id origin receivedAt warnings { rule field message }'])} }`;
  if (graphType === 'Record') return `${name} { id __typename }`;
  const inner = parts[graphType];
  return inner === undefined ? name : `${name} { ${throws.pick(inner)} }`;
}

const parts: Readonly<Record<string, readonly string[]>> = {
  Code: ['code label', 'code', 'label __typename'],
  Region: ['code name', 'code'],
  Money: ['yuan amount currency { code } unit { code } form { code } text', 'yuan', 'a: amount b: text'],
  Party: ['name code kind { code } role { code label } entity { code }', 'code', 'name', 'entity { code }', '... on Party { x: code }'],
};

const styles: readonly Style[] = [
  (_target, selection) => selection,
  (_target, selection, { writer }) => `${writer.name('a')}: ${selection}`,
  (_target, selection, { throws }) => `${throws.pick(innerNames)}: ${selection}`,
  (_target, selection) => `id system { code name } origin source { kind name url } receivedAt warnings { rule field message } ${selection}`,
  ({ dataset }, selection) => `... on ${dataset.type} { ${selection} }`,
  (_target, selection) => `... { ... { ${selection} } }`,
  (_target, selection, { writer }) => `... @include(if: ${writer.variable('Boolean!', true)}) { ${selection} }`,
  ({ dataset }, selection, { writer }) => writer.fragment(dataset.type, selection),
  (_target, selection, { throws, writer }) => conditioned(selection, `@include(if: ${writer.variable('Boolean!', throws.chance(0.7))})`),
  (_target, selection, { throws, writer }) =>
    conditioned(selection, `@skip(if: ${writer.byDefault('Boolean!', String(throws.chance(0.3)))})`),
  (_target, selection) => conditioned(selection, '@skip(if: true)'),
];

/** Through the interface that records of trades implement. */
const asRecord: readonly Style[] = [
  ({ dataset }, selection) => `... on Record { id ... on ${dataset.type} { ${selection} } }`,
  ({ dataset }, selection, { writer }) =>
    writer.fragment('Record', `__typename ${writer.fragment(dataset.type, writer.fragment(dataset.type, selection))}`),
  ({ dataset }, selection, { writer }) => {
    const name = writer.name('m');
    return `id ${name}: ${selection} ... on ${dataset.type} { ${name}: ${selection} ... on Record { ... on ${dataset.type} { ${name}: ${selection} } } }`;
  },
];

/** A directive behind the field's name, before what is selected of it. */
function conditioned(selection: string, directive: string): string {
  const open = selection.indexOf('{');
  return open < 0 ? `${selection} ${directive}` : `${selection.slice(0, open)}${directive} ${selection.slice(open)}`;
}
