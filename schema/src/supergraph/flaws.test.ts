/**
 * What composes and cannot always be answered is named, with what to do. @see flaws.ts
 */
import { composeServices } from '@apollo/composition';
import { buildASTSchema, parse } from 'graphql';
import { expect, test } from 'vitest';

import { composeSupergraph } from '../../codegen/compose-supergraph.ts';
import { flawsOf } from './flaws.ts';
import { joinsOf } from './joins.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@interfaceObject"])';

/** Subgraphs, and the elements that are told of. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'a field computed of an entity that its subgraph does not find',
    [
      'type Query { t: T } type T @key(fields: "id", resolvable: false) { id: ID! ext: Int @external own: Int @requires(fields: "ext") }',
      'type T @key(fields: "id") { id: ID! ext: Int }',
    ],
    ['T.own'],
  ],
  [
    'one that its subgraph finds by another key is none',
    [
      'type Query { t: T } type T @key(fields: "id", resolvable: false) @key(fields: "code") { id: ID! code: ID! ext: Int @external own: Int @requires(fields: "ext") }',
      'type T @key(fields: "id") { id: ID! ext: Int }',
    ],
    [],
  ],
  [
    'a field of an interface object that its subgraph does not find',
    [
      'type Query { a: Int } interface I @key(fields: "id") { id: ID! } type X implements I @key(fields: "id") { id: ID! x: Int }',
      'type Query { i: I } type I @interfaceObject @key(fields: "id", resolvable: false) { id: ID! field: String }',
    ],
    ['I.field'],
  ],
  [
    'an interface object that only refers is none',
    [
      'type Query { a: Int } interface I @key(fields: "id") { id: ID! } type X implements I @key(fields: "id") { id: ID! x: Int }',
      'type Query { i: I } type I @interfaceObject @key(fields: "id", resolvable: false) { id: ID! }',
    ],
    [],
  ],
  [
    'two ways in which one field is required',
    [
      'type Query { t: T } type T @key(fields: "id") { id: ID! in: In } type In { price(unit: String): Int }',
      'type In { price(unit: String): Int @external } type T @key(fields: "id") { id: ID! in: In @external f: Int @requires(fields: "in { price(unit: \\"a\\") }") g: Int @requires(fields: "in { price }") h: Int @requires(fields: "in { price }") }',
    ],
    ['T.g', 'T.h'],
  ],
];

test.for(cases)('%s', ([, subgraphs, elements]) => {
  const named = subgraphs.map((sdl, index) => ({ name: `s${index}`, url: `http://s${index}.invalid/`, sdl: link + sdl }));
  const { supergraphSdl = '', errors } = composeServices(named.map(({ sdl, ...rest }) => ({ ...rest, typeDefs: parse(sdl) })));
  expect(errors).toBeUndefined();
  const flaws = flawsOf(joinsOf(buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true })));
  expect(flaws.map(({ element }) => element)).toEqual(elements);
  // Whoever composes contracts is told with all else.
  expect(whyNot(named)).toEqual(
    flaws.length === 0 ? undefined : ['the contracts do not compose:', ...flaws.map(({ en }) => en)].join('\n'),
  );
});

function whyNot(subgraphs: Parameters<typeof composeSupergraph>[0]): string | undefined {
  try {
    composeSupergraph(subgraphs);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
