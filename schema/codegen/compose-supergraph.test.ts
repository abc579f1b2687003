import { performance } from 'node:perf_hooks';

import { Supergraph, printSchema } from '@apollo/federation-internals';
import { type ConstDirectiveNode, type DocumentNode, isTypeDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { composeSupergraph } from './compose-supergraph.ts';
import { loadSubgraphs } from './load-contracts.ts';

const subgraphs = loadSubgraphs();
const started = performance.now();
const supergraph = composeSupergraph(subgraphs);
const composedMs = Math.round(performance.now() - started);
const marked = places(parse(supergraph));

type Directives = readonly ConstDirectiveNode[];

/** `Type.field`, `Type.field(argument:)` or `Enum.VALUE` → its directives, for all that a document defines. */
function places(document: DocumentNode): ReadonlyMap<string, Directives> {
  const found = new Map<string, Directives>();
  for (const type of document.definitions) {
    if (!isTypeDefinitionNode(type)) continue;
    const parts = 'fields' in type ? type.fields : 'values' in type ? type.values : [];
    for (const part of parts ?? []) {
      const place = `${type.name.value}.${part.name.value}`;
      found.set(place, part.directives ?? []);
      const given = 'arguments' in part ? part.arguments : [];
      for (const argument of given ?? []) found.set(`${place}(${argument.name.value}:)`, argument.directives ?? []);
    }
  }
  return found;
}

/** Whether a value of this enum is something to order or group by; other enums are only shown. */
function isAsked(place: string): boolean {
  return !/^[A-Za-z]+\.[A-Z_]+$/.test(place) || /^(?:\w+Order|DealDimension)\./.test(place);
}

function has(place: string, directive: string): boolean {
  return marked.get(place)?.some(({ name }) => name.value === directive) ?? false;
}

/** The subgraphs that answer a field. */
function ownersOf(place: string): readonly string[] {
  const joins = (marked.get(place) ?? []).filter(({ name }) => name.value === 'join__field');
  return joins.flatMap(
    (join) => join.arguments?.flatMap(({ name, value }) => (name.value === 'graph' && 'value' in value ? [String(value.value)] : [])) ?? [],
  );
}

describe('the supergraph (design/architecture.md «Composition»)', () => {
  test('all contracts compose without errors and without hints', () => {
    process.stdout.write(`composed ${subgraphs.length} contracts in ${composedMs} ms\n`);
    expect(supergraph).toContain('enum join__Graph');
  });

  test('a partitioned contract stands for many systems, a register for one, the hub’s own for an endpoint', () => {
    const others = subgraphs.filter(({ name, url }) => url !== `systems:${name}`);
    expect(others.map(({ name, url }) => `${name} ${url}`)).toEqual(['exchange exchange:', 'market system:market', 'registry registry:']);
    for (const { url } of subgraphs) expect(supergraph).toContain(`url: "${url}"`);
  });

  test('everything that the API exposes says who may see it', () => {
    const api = places(parse(printSchema(Supergraph.build(supergraph).apiSchema())));
    const exposed = [...api.keys()].filter(isAsked);
    expect(exposed.filter((place) => !has(place, 'visibility'))).toEqual([]);
    expect(exposed.length).toBeGreaterThan(1_000);
  });

  test('every root field of a partitioned contract keeps its route, every order value its sort', () => {
    const roots = [...marked.keys()].filter((place) => /^Query\.\w+$/.test(place));
    const unrouted = roots.filter((place) => !has(place, 'route'));
    expect([...new Set(unrouted.flatMap(ownersOf))].toSorted()).toEqual(['EXCHANGE', 'REGISTRY']);
    expect(unrouted).toEqual(expect.arrayContaining(['Query.system', 'Query.systems', 'Query.exchangeFeed']));
    const orders = [...marked.keys()].filter((place) => /^\w+Order\./.test(place));
    expect(orders.filter((place) => !has(place, 'sort'))).toEqual([]);
  });
});

describe('contracts that do not fit together are refused', () => {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])';

  test('a value type that differs in one field', () => {
    const [a, b] = ['type Query { a: V } type V @shareable { x: Int y: Int }', 'type Query { b: V } type V @shareable { x: Int }'].map(
      (sdl, index) => ({
        name: `s${index}`,
        url: '',
        sdl: `${link}\n${sdl}`,
      }),
    );
    expect(a && b && (() => composeSupergraph([a, b]))).toThrow(/INCONSISTENT|y/);
  });

  test('an input that composition would silently cut down', () => {
    const subgraph = (name: string, fields: string) => ({
      name,
      url: '',
      sdl: `${link}\ntype Query { ${name}(f: F): Int }\ninput F { ${fields} }`,
    });
    expect(() => composeSupergraph([subgraph('a', 'x: Int y: Int'), subgraph('b', 'x: Int')])).toThrow(
      /^the contracts do not compose:\nINCONSISTENT_INPUT_OBJECT_FIELD/,
    );
  });
});
