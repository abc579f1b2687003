/**
 * Supergraphs that nobody would write: types spread over subgraphs in every way that composes, with interfaces, unions, enums,
 * lists of lists, values that clients do not see, fields that require and provide others, changes.
 * @see issue 6 «Differential tests»
 */
import { composeServices } from '@apollo/composition';
import { type DocumentNode, parse } from 'graphql';

import type { Choice } from './choice.ts';
import { entitySdl } from './generated-entity.ts';
import { argumentsSdl, wrappedSdl } from './generated-field.ts';

/** One subgraph. */
export interface GeneratedSubgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** A supergraph and what it is made of. */
export interface GeneratedSupergraph {
  readonly supergraphSdl: string;
  readonly subgraphs: readonly GeneratedSubgraph[];
}

/** What one subgraph is made by. */
export interface SubgraphChoice {
  readonly name: string;
  /** The subgraph before it, whose fields it may require and provide. */
  readonly before: string | undefined;
  readonly choice: Choice;
  /** Whether it knows of items, whose types the first subgraph alone knows. */
  readonly hasItems: boolean;
  /** Whether it gives values of the subgraph before it by the way. */
  readonly provides: boolean;
}

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject"])';
const names = ['a', 'b', 'c'] as const;
const entities = ['One', 'Two', 'Three'] as const;
/** Not all subgraphs know all that may be either. */
const either = { a: 'One | Two | Ghost', b: 'One | Three', c: 'Two' } as const;

/** @returns A supergraph; undefined when what was chosen does not compose. */
export function generateSupergraph(choice: Choice): GeneratedSupergraph | undefined {
  const subgraphs = names.map((name) => ({ name, typeDefs: parse(subgraphSdl(name, choice)) }));
  const { supergraphSdl } = composeServices(subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs, url: `http://${name}.invalid/` })));
  return supergraphSdl === undefined ? undefined : { supergraphSdl, subgraphs };
}

function subgraphSdl(name: (typeof names)[number], choice: Choice): string {
  const before = names[names.indexOf(name) - 1];
  const chosen: SubgraphChoice = {
    name,
    before,
    choice,
    hasItems: name === 'a' || choice.chance(60),
    provides: before !== undefined && choice.chance(50),
  };
  const roots = Array.from({ length: 1 + choice.below(3) }, (_, index) => `${name}${index}${argumentsSdl(choice)}: ${wrappedSdl(chosen)}`);
  return [
    link,
    'scalar Any',
    'enum Kind { RED GREEN HIDDEN @inaccessible }',
    'input Wish { n: Int = 2 kind: Kind words: [String!] inner: Wish list: [Wish] any: Any must: Boolean! = true hidden: Int = 7 @inaccessible }',
    `interface Thing { id: ID! shared: String ${name}Plain(n: Int): Int }`,
    `union Either = ${either[name]}`,
    // Where a null were carried up to a value, subgraphs would lose the text that others require.
    'type Value @shareable { text: String number: Int thing: Thing }',
    `type Ghost @inaccessible { id: ID! @shareable }`,
    `type Query { ${roots.join(' ')} ${provided(chosen)} }`,
    changes(chosen),
    items(chosen),
    ...entities.map((entity) => entitySdl(entity, chosen)),
  ].join('\n');
}

function changes({ name, choice }: SubgraphChoice): string {
  if (!choice.chance(60)) return '';
  return `type Mutation { ${name}Make(wish: Wish): One ${name}MakeAll${argumentsSdl(choice)}: [Thing] ${name}Count: Int }`;
}

function provided({ name, before = '', provides }: SubgraphChoice): string {
  return !provides ? '' : `${name}Provided: [Two] @provides(fields: "${before}Value { text }")`;
}

function items({ name, hasItems, choice }: SubgraphChoice): string {
  if (!hasItems) return '';
  const own = `${name}Item${argumentsSdl(choice)}: String`;
  if (name !== 'a') return `type Item @interfaceObject @key(fields: "id") { id: ID! ${own} }`;
  const common = `id: ID! ${own}`;
  return `interface Item @key(fields: "id") { ${common} }
    type Book implements Item @key(fields: "id") { ${common} aBook: Value }
    type Film implements Item @key(fields: "id") { ${common} aFilm: One }`;
}
