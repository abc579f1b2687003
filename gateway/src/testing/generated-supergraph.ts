/**
 * Supergraphs that nobody would write: types spread over subgraphs in every way that composes, with interfaces, unions, enums,
 * lists of lists, values that clients do not see, fields that require and provide others.
 * @see issue 6 «Differential tests»
 */
import { composeServices } from '@apollo/composition';
import { type DocumentNode, parse } from 'graphql';

import type { Choice } from './choice.ts';

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

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@inaccessible"])';
const names = ['a', 'b', 'c'] as const;
const entities = ['One', 'Two', 'Three'] as const;
const scalars = ['Int', 'Float', 'String', 'Boolean', 'ID', 'Kind', 'Any'] as const;

/** @returns A supergraph; undefined when what was chosen does not compose. */
export function generateSupergraph(choice: Choice): GeneratedSupergraph | undefined {
  const subgraphs = names.map((name) => ({ name, typeDefs: parse(subgraphSdl(name, choice)) }));
  const { supergraphSdl } = composeServices(subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs, url: `http://${name}.invalid/` })));
  return supergraphSdl === undefined ? undefined : { supergraphSdl, subgraphs };
}

function subgraphSdl(name: (typeof names)[number], choice: Choice): string {
  const types = entities.map((entity) => entitySdl(entity, name, choice));
  const roots = Array.from(
    { length: 1 + choice.below(3) },
    (_, index) => `${name}${index}${argumentsOf(choice)}: ${wrapped(outputOf(choice), choice)}`,
  );
  return [
    link,
    'scalar Any',
    'enum Kind { RED GREEN HIDDEN @inaccessible }',
    'interface Thing { id: ID! }',
    'union Either = One | Two',
    'type Value @shareable { text: String number: Int! thing: Thing }',
    `type Query { ${roots.join(' ')} }`,
    ...types,
  ].join('\n');
}

/** Own fields have the subgraph's name before them, so that nothing is said twice; all share `shared`. */
function entitySdl(entity: string, name: string, choice: Choice): string {
  const own = Array.from({ length: 1 + choice.below(3) }, (_, index) => {
    const field = `${name}${entity}${index}`;
    return `${field}${argumentsOf(choice)}: ${wrapped(outputOf(choice), choice)}`;
  });
  const before = names[names.findIndex((one) => one === name) - 1];
  // What a later subgraph computes from a field of an earlier one.
  const required =
    before === undefined || !choice.chance(40)
      ? []
      : [`${before}Plain: Int @external ${name}Computed: Int @requires(fields: "${before}Plain")`];
  return `type ${entity} implements Thing @key(fields: "id") {
    id: ID! shared: String @shareable ${name}Plain: Int ${own.join(' ')} ${required.join(' ')}
  }`;
}

function outputOf(choice: Choice): string {
  return choice.chance(45) ? choice.one(scalars) : choice.one([...entities, 'Thing', 'Either', 'Value']);
}

function wrapped(type: string, choice: Choice): string {
  const inner = choice.chance(25) ? `${type}!` : type;
  if (choice.chance(60)) return inner;
  const list = `[${inner}]${choice.chance(20) ? '!' : ''}`;
  return choice.chance(15) ? `[${list}]` : list;
}

function argumentsOf(choice: Choice): string {
  return choice.chance(20) ? '(n: Int = 1, kind: Kind, words: [String!])' : '';
}
