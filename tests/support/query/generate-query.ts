/**
 * Generated operations over the whole API: lists with filter, order, page size and place, single records, business codes,
 * statistics, the registry.
 * @see design/partitioning.md P6
 */
import { decodeRecordId } from '@hub/schema';
import { type GraphQLField, type GraphQLSchema, getNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';

import { type Dice, dice } from '../dice.ts';
import { isReadable, textsOf } from '../union/union-values.ts';
import type { Union, UnionRecord } from '../union/union.ts';
import { generateFilter } from './generate-filter.ts';
import { generateSelection } from './generate-selection.ts';
import { type Level, isVisible } from './law-schema.ts';
import { QueryWriter, type Writing } from './query-writer.ts';

/** One generated operation. */
export interface GeneratedQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Lists that can be read on: the variable with the place, and where the answer tells the next. */
  readonly lists: readonly { readonly variable: string; readonly path: readonly string[] }[];
}

/** What is generated from. */
export interface QuerySource {
  readonly schema: GraphQLSchema;
  readonly union: Union;
  readonly level: Level;
  readonly allows?: (type: string, field: string) => boolean;
  /** Statistics are asked for even if some system is away. */
  readonly partial?: boolean;
}

/** @returns The operation of this seed: the same for the same union. */
export function generateQuery(seed: number, { schema, union, level, allows = () => true, partial = false }: QuerySource): GeneratedQuery {
  const throws = dice(seed);
  const writer = new QueryWriter();
  const writing: Writing = { throws, union, level, allows, writer };
  const lists: { variable: string; path: readonly string[] }[] = [];
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    (field) =>
      isOfUnion(field) &&
      isVisible(field, level) &&
      field.args.every((argument) => isVisible(argument, level)) &&
      allows('Query', field.name),
  );
  const fields = Array.from({ length: throws.chance(0.2) ? 2 : 1 }, () => {
    const field = rootOf(throws, roots);
    const key = writer.name('r');
    return `${key}: ${generateRoot(field, schema, { ...writing, lists, key, partial })}`;
  });
  return { ...writer.finish(`{ ${fields.join(' ')} }`), lists };
}

/** What the exchange tells is no record of a system, and another moment has another answer. */
function isOfUnion({ type, astNode }: GraphQLField<unknown, unknown>): boolean {
  return getNamedType(type).name === 'System' || astNode?.directives?.some(({ name }) => name.value === 'route') === true;
}

interface RootWriting extends Writing {
  readonly lists: { variable: string; path: readonly string[] }[];
  readonly key: string;
  readonly partial: boolean;
}

/** The board is what most people ask. */
function rootOf(throws: Dice, roots: readonly GraphQLField<unknown, unknown>[]): GraphQLField<unknown, unknown> {
  const board = roots.filter(({ name }) => /^(notice|deal)/.test(name));
  return throws.pick(throws.chance(0.4) && board.length > 0 ? board : roots);
}

function generateRoot(field: GraphQLField<unknown, unknown>, schema: GraphQLSchema, writing: RootWriting): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return field.name;
  const { throws } = writing;
  const has = (name: string): boolean => field.args.some((argument) => argument.name === name);
  if (has('first')) return generatePage(field, schema, writing);
  if (has('by')) return generateStatistics(field, schema, writing);
  const selection = generateSelection(type, { schema, depth: 1 + throws.int(3), width: 5 }, writing);
  if (has('id')) return `${field.name}(id: ${written(writing, 'ID!', idOf(type.name, writing))}) ${selection}`;
  if (field.name.endsWith('ByCode')) return `${field.name}(code: ${written(writing, 'String!', codeOf(type.name, writing))}) ${selection}`;
  if (has('code'))
    return `${field.name}(code: ${written(writing, 'String!', throws.pick([...writing.union.systems.map(({ code }) => code), 'none']))}) ${selection}`;
  return `${field.name} ${selection}`;
}

function generatePage(field: GraphQLField<unknown, unknown>, schema: GraphQLSchema, writing: RootWriting): string {
  const { throws, union, level, writer, lists, key } = writing;
  const connection = getNamedType(field.type);
  if (!isObjectType(connection)) return field.name;
  const rows = union.byType.get(connection.name.replace(/Connection$/, '')) ?? [];
  const first = throws.pick([1, 2, 3, 7, 20, 60]);
  const depth = first > 20 ? 2 : 3 + throws.int(2);
  const [orderType, filterType] = ['order', 'filter'].map((name) =>
    getNamedType(field.args.find((argument) => argument.name === name)?.type),
  );
  const args = throws.chance(0.15) ? [] : [`first: ${written(writing, 'Int!', first)}`];
  if (isEnumType(orderType) && throws.chance(0.7)) {
    const order = throws.pick(orderType.getValues().filter((value) => isVisible(value, level))).name;
    args.push(`order: ${throws.chance(0.5) ? order : writer.variable(`${orderType.name}!`, order)}`);
  }
  if (isInputObjectType(filterType) && rows.length > 0) {
    const filter = generateFilter(filterType, rows, writing);
    args.push(`filter: ${throws.chance(0.5) ? writer.variable(filterType.name, filter) : literal(filter, writing)}`);
  }
  const after = writer.variable('String', null);
  args.push(`after: ${after}`);
  const place = writer.name('cursorp');
  lists.push({ variable: after.slice(1), path: [key, place, 'endCursor'] });
  const selection = generateSelection(connection, { schema, depth, width: 4 }, writing);
  return `${field.name}(${args.join(', ')}) { ${place}: pageInfo { endCursor hasNextPage } ... on ${connection.name} ${selection} }`;
}

function generateStatistics(field: GraphQLField<unknown, unknown>, schema: GraphQLSchema, writing: RootWriting): string {
  const { throws, union, writer } = writing;
  const [dimensions, filterType, type] = [
    field.args.find(({ name }) => name === 'by')?.type,
    field.args.find(({ name }) => name === 'filter')?.type,
    field.type,
  ].map(getNamedType);
  if (!isEnumType(dimensions) || !isInputObjectType(filterType) || !isObjectType(type)) return field.name;
  const by = throws.shuffle(
    throws.some(
      dimensions.getValues().map(({ name }) => name),
      0,
      3,
    ),
  );
  const filter = generateFilter(filterType, union.byType.get('Deal') ?? [], writing);
  const args = [
    `by: ${throws.chance(0.5) ? `[${by.join(', ')}]` : writer.variable('[DealDimension!]!', by)}`,
    `filter: ${throws.chance(0.5) ? writer.variable(filterType.name, filter) : literal(filter, writing)}`,
  ];
  if (writing.partial) args.push('partial: true');
  return `${field.name}(${args.join(', ')}) ${generateSelection(type, { schema, depth: 3, width: 7 }, writing)}`;
}

function written({ throws, writer }: Writing, type: string, value: string | number): string {
  return throws.chance(0.5) ? JSON.stringify(value) : writer.variable(type, value);
}

/** A value as a document writes it; some leaves as variables. */
function literal(value: unknown, writing: Writing, name = ''): string {
  if (Array.isArray(value)) {
    const inVariable = name === 'in' && value.every((item) => typeof item === 'string') && writing.throws.chance(0.3);
    return inVariable ? writing.writer.variable('[String!]!', value) : `[${value.map((item) => literal(item, writing)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${literal(inner, writing, key)}`)
      .join(', ')} }`;
  }
  if (name === 'copies') return String(value);
  if (name === 'text' && writing.throws.chance(0.3)) return writing.writer.variable('String', value);
  return JSON.stringify(value);
}

function idOf(type: string, { throws, union }: Writing): string {
  const rows = union.byType.get(type) ?? [];
  const [row] = rows.length === 0 ? [] : [throws.pick(rows)];
  if (row === undefined || throws.chance(0.05)) return throws.pick(['bm9uZQ', '', '道路']);
  if (throws.chance(0.05)) return otherId(row);
  return row.id;
}

/** An id of a record that is not there, in a system that is. */
function otherId({ id }: UnionRecord): string {
  const { system = '', type = '' } = decodeRecordId(id) ?? {};
  return Buffer.from(`${system}:${type}:nobody`).toString('base64url');
}

function codeOf(type: string, { throws, union }: Writing): string {
  const rows = (union.byType.get(type) ?? []).filter((row) => isReadable(union, row));
  const [row] = rows.length === 0 ? [] : [throws.pick(rows)];
  const field = row?.dataset.fields.find(({ name }) => name === row.dataset.byCode);
  const code = row === undefined || field === undefined ? undefined : textsOf(row, field)[0];
  if (code === undefined || throws.chance(0.05)) return 'NONE';
  return throws.chance(0.2) ? ` ${code.toLowerCase()} ` : code;
}
