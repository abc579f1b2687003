/**
 * What a client asks of a connection, taken apart: which parts the systems fill (each use of a row under a name of its own)
 * and how the merged page is put into the client's shape.
 * @see design/graph.md «Shape»
 */
import {
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';

import type { Coverage } from '../merge/coverage.ts';
import { compileProjection } from '../merge/project.ts';
import { type Collected, collectFields, setOf } from './selection.ts';

/** One use of the rows: `edges { node }` or `nodes`, each occurrence with its own selection. */
export interface RowUse {
  /** Its name in what the systems are asked. */
  readonly alias: string;
  readonly type: GraphQLOutputType;
  readonly selections: readonly SelectionNode[];
  /** Response keys that lead to row `index` in the client's answer. */
  readonly path: (index: number) => readonly (string | number)[];
}

/** A merged page, before it has the client's shape. */
export interface MergedPage {
  readonly edges: readonly MergedEdge[];
  readonly hasNextPage: boolean;
  readonly endCursor: () => string;
  readonly totalCount: number;
  readonly coverage: Coverage;
}

export interface MergedEdge {
  /** Values of the row uses, by alias. */
  readonly row: Readonly<Record<string, unknown>>;
  readonly late: boolean;
  /** Sealed only when asked for. */
  readonly cursor: () => string;
}

/** How a connection is asked and answered. */
export interface ConnectionShape {
  readonly uses: readonly RowUse[];
  /** Whether the answer depends on rows at all. */
  readonly wantsRows: boolean;
  readonly wantsCount: boolean;
  readonly write: (page: MergedPage) => Record<string, unknown>;
}

/** @returns The selection a system is asked: sort key and id of each row, every use of it, the count. */
export function upstreamSelection({ uses, wantsRows, wantsCount }: ConnectionShape): readonly SelectionNode[] {
  const keys = fieldsOf('{ cursor key: node { id } }');
  const rows = uses.map(({ alias, selections }) => aliased(alias, 'node', selections));
  return [
    ...(wantsRows ? [aliased('edges', 'edges', [...keys, ...rows])] : []),
    ...(wantsCount ? fieldsOf('{ totalCount }') : []),
    ...(wantsRows || wantsCount ? [] : fieldsOf('{ __typename }')),
  ];
}

/** @param key - Response key of the connection. */
export function readShape(schema: GraphQLSchema, type: GraphQLObjectType, { key, selections }: Collected): ConnectionShape {
  const uses: RowUse[] = [];
  const use = (rowType: GraphQLOutputType, inner: readonly SelectionNode[], path: RowUse['path']): string => {
    const alias = `n${uses.length}`;
    uses.push({ alias, type: rowType, selections: inner, path });
    return alias;
  };
  const fields = collectFields(schema, type, selections);
  const writers = fields.map((part) => ({ key: part.key, write: writePart(schema, part, { type, root: key, use }) }));
  return {
    uses,
    wantsRows: fields.some(({ name }) => name === 'edges' || name === 'nodes' || name === 'pageInfo'),
    wantsCount: fields.some(({ name }) => name === 'totalCount'),
    write: (page) => Object.fromEntries(writers.map(({ key: name, write }) => [name, write(page)])),
  };
}

interface PartContext {
  readonly type: GraphQLObjectType;
  readonly root: string;
  readonly use: (type: GraphQLOutputType, selections: readonly SelectionNode[], path: RowUse['path']) => string;
}

function writePart(schema: GraphQLSchema, part: Collected, { type, root, use }: PartContext): (page: MergedPage) => unknown {
  const { field, key, name, selections } = part;
  if (field === undefined) return () => type.name;
  if (name === 'edges') return writeEdges(schema, part, { type, root, use });
  if (name === 'nodes') {
    const alias = use(elementOf(field.type), selections, (index) => [root, key, index]);
    return ({ edges }) => edges.map(({ row }) => row[alias]);
  }
  const project = compileProjection(schema, field.type, selections);
  if (name === 'pageInfo') {
    const wantsEnd = isAsked(schema, part, 'endCursor');
    return ({ hasNextPage, endCursor }) => project({ hasNextPage, endCursor: wantsEnd ? endCursor() : null });
  }
  if (name === 'coverage') return ({ coverage }) => project(coverage);
  return ({ totalCount }) => totalCount;
}

function isAsked(schema: GraphQLSchema, { field, selections }: Collected, wanted: string): boolean {
  const type = getNamedType(field?.type);
  return isObjectType(type) && collectFields(schema, type, selections).some(({ name }) => name === wanted);
}

function writeEdges(schema: GraphQLSchema, part: Collected, { root, use }: PartContext): (page: MergedPage) => unknown {
  const type = getNamedType(part.field?.type);
  if (!isObjectType(type)) return () => [];
  const writers = collectFields(schema, type, part.selections).map(({ key, name, field, selections }) => {
    if (field === undefined) return { key, write: () => type.name };
    if (name === 'cursor') return { key, write: ({ cursor }: MergedEdge) => cursor() };
    if (name === 'late') return { key, write: ({ late }: MergedEdge) => late };
    const alias = use(field.type, selections, (index) => [root, part.key, index, key]);
    return { key, write: ({ row }: MergedEdge) => row[alias] };
  });
  return ({ edges }) => edges.map((edge) => Object.fromEntries(writers.map(({ key, write }) => [key, write(edge)])));
}

function elementOf(type: GraphQLOutputType): GraphQLOutputType {
  const list = isNonNullType(type) ? type.ofType : type;
  return isListType(list) ? list.ofType : type;
}

function aliased(alias: string, name: string, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.FIELD,
    ...(alias === name ? {} : { alias: { kind: Kind.NAME, value: alias } }),
    name: { kind: Kind.NAME, value: name },
    selectionSet: setOf(selections),
  };
}

function fieldsOf(text: string): readonly SelectionNode[] {
  const [definition] = parse(text, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
}
