import { Kind, parse, print, visit } from 'graphql';
import { describe, expect, test } from 'vitest';

import { sharedFiles } from '../generated/law-files.ts';
import { defaultOrder, expandContract } from './expand-contract.ts';
import { law } from './law.ts';
import { derivedRootNames, derivedTypeNames } from './lints/derived-names.ts';
import { readContract } from './read-contract.ts';

const head = 'extend schema @contract(name: "toys", version: "1.0.0", edition: "V2.0", title: "玩具")';
const toy = `${head}
"玩具"
type Toy implements Record @dataset(code: "TOY", key: [], byCode: "code", why: "Stamped.") {
  "编号"
  code: CreditCode @wire(code: "CODE", type: "C18") @visibility(to: GOVERNMENT) @indexed
  "制成时间"
  madeAt: DateTime @wire(code: "MADE", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC) @indexed(order: true)
  "名称"
  name: String @wire(code: "NAME", type: "C..9") @visibility(to: PUBLIC)
}`;

function expand(sdl: string, stubs: readonly string[] = []): ReadonlyMap<string, string> {
  const document = parse(expandContract(readContract(sdl), sdl, { parts: sharedFiles, stubs }));
  return new Map(document.definitions.map((node) => ['name' in node && node.name ? node.name.value : node.kind, print(node)]));
}

/** A type of an expanded contract, without descriptions and the visibility that everything has. */
function served(name: string, sdl = toy, stubs: readonly string[] = []): string | undefined {
  const text = expand(sdl, stubs).get(name);
  if (text === undefined) return undefined;
  const plain = visit(parse(text), { enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined) });
  return print(plain).replaceAll(' @visibility(to: PUBLIC)', '');
}

describe('what follows from a dataset (design/graph.md «Shape»)', () => {
  test('the record has a key and the fields that all records have', () => {
    expect(served('Toy'))
      .toBe(`type Toy implements Record @key(fields: "id") @dataset(code: "TOY", key: [], byCode: "code", why: "Stamped.") {
  id: ID!
  system: System!
  origin: Origin!
  source: Source!
  receivedAt: DateTime!
  warnings: [Violation!]!
  code: CreditCode @wire(code: "CODE", type: "C18") @visibility(to: GOVERNMENT) @indexed
  madeAt: DateTime @wire(code: "MADE", type: "yyyyMMddHHmmss") @indexed(order: true)
  name: String @wire(code: "NAME", type: "C..9")
}`);
  });

  test('filters of what is indexed, as visible as the field', () => {
    expect(served('ToyFilter')).toBe(`input ToyFilter {
  systems: [String!]
  copies: Copies! = INCLUDE
  code: CodeFilter @visibility(to: GOVERNMENT)
  madeAt: DateTimeFilter
}`);
  });

  test('orders of what is orderable, and of when it was received', () => {
    expect(served('ToyOrder')).toBe(`enum ToyOrder {
  MADE_DESC @sort(by: "madeAt", descending: true)
  MADE_ASC @sort(by: "madeAt", descending: false)
  RECEIVED_DESC @sort(by: "receivedAt", descending: true)
  RECEIVED_ASC @sort(by: "receivedAt", descending: false)
}`);
  });

  test('a connection with coverage, and edges that say when they are late', () => {
    expect([served('ToyConnection'), served('ToyEdge')]).toEqual([
      `type ToyConnection {
  edges: [ToyEdge!]!
  nodes: [Toy!]!
  pageInfo: PageInfo!
  totalCount: Int!
  coverage: Coverage!
}`,
      `type ToyEdge {
  cursor: String!
  late: Boolean!
  node: Toy!
}`,
    ]);
  });

  test('root fields: a list, one by id, one by business code', () => {
    expect(served('Query')).toBe(`type Query {
  toys(filter: ToyFilter, order: ToyOrder! = MADE_DESC, first: Int! = 20, after: String): ToyConnection! @route(by: PAGE)
  toy(id: ID!): Toy @route(by: SINGLE)
  toyByCode(code: String! @visibility(to: GOVERNMENT)): Toy @route(by: CODE)
}`);
  });

  test('every root field says what it answers, because the explorer shows nothing else of it', () => {
    const [query] = parse(expand(toy).get('Query') ?? '').definitions;
    const fields = query?.kind === Kind.OBJECT_TYPE_DEFINITION ? (query.fields ?? []) : [];
    expect(fields.map(({ name, description }) => [name.value, description?.value])).toEqual([
      ['toys', '玩具'],
      ['toy', '按标识取一条：玩具；没有时为 null。One by its id, or null.'],
      ['toyByCode', '按编号取一条：玩具；没有时为 null。One by its code, or null.'],
    ]);
  });

  test('without a lookup field there is no lookup', () => {
    expect(expand(toy.replace('byCode: "code", ', '')).get('Query')).not.toContain('ByCode');
  });

  test('the names derived are those that authors may not take', () => {
    for (const { contract, served: sdl } of law().contracts) {
      const document = parse(sdl);
      const types = document.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : []));
      const roots = document.definitions.flatMap((node) =>
        node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Query' ? (node.fields ?? []) : [],
      );
      expect(types).toEqual(expect.arrayContaining(contract.datasets.flatMap(derivedTypeNames)));
      expect(roots.map(({ name }) => name.value)).toEqual(contract.datasets.flatMap(derivedRootNames));
    }
  });
});

describe('the filter of each graph type', () => {
  test.each([
    ['String', 'TextFilter'],
    ['[String!]!', 'CodeFilter'],
    ['Code', 'CodeFilter'],
    ['[Code!]!', 'CodeFilter'],
    ['UnifiedDealCode', 'CodeFilter'],
    ['[BidSectionCode!]!', 'CodeFilter'],
    ['Direction', 'CodeFilter'],
    ['Region', 'RegionFilter'],
    ['DateTime', 'DateTimeFilter'],
    ['Date', 'DateFilter'],
    ['Decimal', 'DecimalFilter'],
    ['Money', 'DecimalFilter'],
    ['Int', 'IntFilter'],
    ['Boolean', 'Boolean'],
    ['Party', 'PartyFilter'],
    ['[Party!]!', 'PartyFilter'],
  ])('%s: %s', (graphType, filter) => {
    const sdl = `${head}\n"物" type Toy implements Record @dataset(code: "TOY", key: [], why: "…") { "甲" a: ${graphType} @visibility(to: PUBLIC) @indexed }`;
    expect(expand(sdl).get('ToyFilter')).toContain(`a: ${filter} @visibility`);
  });
});

describe('the order when none is asked for', () => {
  test('is newest first by the first field that everyone may order by', () => {
    const [dataset] = readContract(toy.replace('madeAt: DateTime', 'createdAt: DateTime')).datasets;
    expect(dataset && defaultOrder(dataset)).toBe('CREATED_DESC');
  });

  test('is by the first time or day, whichever comes first, before any other field', () => {
    const day = '"交付日" soldOn: Date @wire(code: "SOLD", type: "yyyyMMdd") @visibility(to: PUBLIC) @indexed(order: true)';
    const price = '"价格" weight: Decimal @wire(code: "WEIGHT", type: "N..9,2") @visibility(to: PUBLIC) @indexed(order: true)';
    const ordered = (...fields: readonly string[]): string | undefined => {
      const [dataset] = readContract(toy.replace('"制成时间"', `${fields.join('\n')}\n"制成时间"`)).datasets;
      return dataset && defaultOrder(dataset);
    };
    expect([ordered(price), ordered(price, day)]).toEqual(['MADE_DESC', 'SOLD_ON_DESC']);
  });

  test('never tells a hidden value', () => {
    const [dataset] = readContract(toy.replace('PUBLIC) @indexed(order', 'GOVERNMENT) @indexed(order')).datasets;
    expect(dataset && defaultOrder(dataset)).toBe('RECEIVED_DESC');
  });
});

describe('what a subgraph carries besides', () => {
  test('the link to federation, and the directives that must travel', () => {
    const [link] = parse(expandContract(readContract(toy), toy, { parts: sharedFiles, stubs: [] })).definitions;
    expect(link && print(link)).toBe(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@composeDirective"]) ' +
        '@link(url: "https://exchange-hub.example/spec/v1.0", import: ["@visibility", "@route", "@merge", "@sort"]) ' +
        '@composeDirective(name: "@visibility") @composeDirective(name: "@route") @composeDirective(name: "@merge") @composeDirective(name: "@sort")',
    );
  });

  test("other contracts' records as stubs, known by key", () => {
    expect(served('Ball', toy, ['Ball'])).toBe(
      `type Ball implements Record @key(fields: "id", resolvable: false) {
  id: ID!
  system: System! @external
  origin: Origin! @external
  source: Source! @external
  receivedAt: DateTime! @external
  warnings: [Violation!]! @external
}`,
    );
  });

  test('a shared type that the contract holds itself gives way to its own', () => {
    const sdl = `${head}\n"系统" type System @key(fields: "code") { "代码" code: String! @visibility(to: PUBLIC) "网址" url: String @visibility(to: PUBLIC) }`;
    const document = parse(expandContract(readContract(sdl), sdl, { parts: sharedFiles, stubs: [] }));
    const systems = document.definitions.filter((node) => 'name' in node && node.name?.value === 'System');
    expect(systems.map((node) => (node.kind === Kind.OBJECT_TYPE_DEFINITION ? node.fields?.map(({ name }) => name.value) : []))).toEqual([
      ['code', 'url'],
    ]);
  });
});
