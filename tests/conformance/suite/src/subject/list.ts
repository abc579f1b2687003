/**
 * One list of the endpoint: the dataset, the fields that a report may quote, and the questions that read it.
 * Restricted fields (persons' numbers, accounts) are never asked for: a report travels.
 * @see schema/PROTOCOL.md 3, 5
 */
import { type Dataset, type Field, defaultOrder, orderName, plural } from '@hub/schema';
import { type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';

import type { Question } from '../ask/answer.ts';
import type { Served } from './served.ts';

/** An order of a list. */
export interface ListOrder {
  /** `DECIDED_DESC` */
  readonly name: string;
  readonly descending: boolean;
  /** Undefined: the time of receipt. */
  readonly field: Field | undefined;
}

/** One list. */
export interface List {
  readonly dataset: Dataset;
  /** Name of the root field. */
  readonly root: string;
  /** Served fields that are not restricted. */
  readonly fields: readonly Field[];
  /** Selection of everything a record shows by itself, without its relations. */
  readonly selection: string;
  /** Selections of single fields, by name; relations and other records have none. */
  readonly selections: ReadonlyMap<string, string>;
  readonly order: string;
  readonly orders: readonly ListOrder[];
}

/** Which page of a list. */
export interface PageQuestion {
  readonly order?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly first: number;
  readonly after?: string | null;
  /** Of the rows; default `id`. */
  readonly selection?: string;
}

/** @returns The list of a dataset, as far as it is served. */
export function listOf(dataset: Dataset, { schema, served }: { readonly schema: GraphQLSchema; readonly served: Served }): List {
  const shown = served.types.get(dataset.type)?.fields;
  const fields = dataset.fields.filter(({ name, visibility }) => visibility !== 'RESTRICTED' && (shown?.has(name) ?? true));
  const own = fields.map(({ name }): [string, string] => [name, selectionOf(schema, dataset.type, name)]);
  const selections = new Map(own.filter(([, text]) => text !== ''));
  const record = 'id __typename origin receivedAt system { code name } source { kind name url } warnings { rule field message }';
  return {
    dataset,
    root: plural(dataset.type),
    fields,
    selection: [record, ...new Map(own).values()].filter((text) => text !== '').join(' '),
    selections,
    order: defaultOrder(dataset),
    orders: [...fields.filter(({ orderable }) => orderable), undefined].flatMap((field) =>
      [false, true].map((descending) => ({
        name: `${field === undefined ? 'RECEIVED' : orderName(field.name)}_${descending ? 'DESC' : 'ASC'}`,
        descending,
        field,
      })),
    ),
  };
}

/** @returns The question for one page; its root field is answered as `page`. */
export function pageQuestion(
  list: List,
  { order = list.order, filter = {}, first, after = null, selection = 'id' }: PageQuestion,
): Question {
  const { type } = list.dataset;
  return {
    query: `query Page($filter: ${type}Filter, $order: ${type}Order!, $first: Int!, $after: String) { page: ${list.root}(filter: $filter, order: $order, first: $first, after: $after) { edges { cursor late node { ${selection} } } pageInfo { hasNextPage endCursor } } }`,
    variables: { filter, order, first, after },
  };
}

/** Values without a key of their own are selected in full; what has one is another record. */
function selectionOf(schema: GraphQLSchema, parent: string, name: string): string {
  const type = schema.getType(parent);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  return field === undefined ? '' : selectionOfType(schema, getNamedType(field.type).name, name);
}

function selectionOfType(schema: GraphQLSchema, typeName: string, name: string): string {
  const type = schema.getType(typeName);
  if (isLeafType(type)) return name;
  if (!isObjectType(type) || type.astNode?.directives?.some((directive) => directive.name.value === 'key')) return '';
  const inner = Object.values(type.getFields())
    .map((field) => selectionOfType(schema, getNamedType(field.type).name, field.name))
    .filter((text) => text !== '');
  return inner.length === 0 ? '' : `${name} { ${inner.join(' ')} }`;
}
