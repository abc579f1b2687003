/**
 * What a contract's author does not write because it follows from the datasets: filters, orders, connections, root fields,
 * the fields every record has, federation keys. The result is the SDL a system serves and composition reads.
 * @see design/graph.md «Shape», design/architecture.md «Composition»
 */
import { type DocumentNode, type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse, print, visit } from 'graphql';

import type { Contract, Dataset, Field, Visibility } from './contract.ts';
import { orderName, plural, singular } from './naming.ts';
import { parseContract } from './read-contract.ts';

/** The parts every contract includes, as text. */
export interface SharedSdl {
  /** `schema/directives.graphql` */
  readonly directives: string;
  /** `schema/shared.graphql` */
  readonly shared: string;
}

const federationLink = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@composeDirective"])
  @link(url: "https://exchange-hub.example/spec/v1.0", import: ["@visibility", "@route", "@merge", "@sort"])
  @composeDirective(name: "@visibility") @composeDirective(name: "@route") @composeDirective(name: "@merge") @composeDirective(name: "@sort")`;

const everyone = '@visibility(to: PUBLIC)';

/** Fields of the interface `Record`, which every dataset carries. */
const recordFields: readonly string[] = [
  `"不透明的全省唯一标识。Opaque." id: ID! ${everyone}`,
  `"持有本记录的系统" system: System! ${everyone}`,
  `"原件或副本" origin: Origin! ${everyone}`,
  `"来源" source: Source! ${everyone}`,
  `"接收时间" receivedAt: DateTime! ${everyone}`,
  `"数据质量问题" warnings: [Violation!]! ${everyone}`,
];

/**
 * @param contract - The contract as data.
 * @param sdl - The contract's own text.
 * @param parts - The shared files.
 * @param stubs - Dataset types of other contracts that this one's `Record` fields may lead to; they are key-only here.
 * @returns SDL of the subgraph, federation 2.
 */
export function expandContract(
  contract: Contract,
  sdl: string,
  { parts, stubs }: { readonly parts: SharedSdl; readonly stubs: readonly string[] },
): string {
  const own = parseContract(sdl);
  const ownNames = new Set(own.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : [])));
  const shared = parse(parts.shared).definitions.filter((node) => !('name' in node && node.name && ownNames.has(node.name.value)));
  const derived = [...contract.datasets.map(derivedTypes), ...stubs.map(stub), roots(contract)].filter((text) => text !== '');
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      ...parse(federationLink).definitions,
      ...parse(parts.directives).definitions,
      ...shared,
      ...addRecordFields(own, keyOnly(parse(parts.shared))).definitions,
      ...(derived.length === 0 ? [] : parse(derived.join('\n')).definitions),
    ],
  };
  return `${print(document)}\n`;
}

/** Types that every contract knows by their key. */
function keyOnly({ definitions }: DocumentNode): ReadonlySet<string> {
  return new Set(
    definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.directives?.some(({ name }) => name.value === 'key') ? [node.name.value] : [],
    ),
  );
}

function addRecordFields(own: DocumentNode, referred: ReadonlySet<string>): DocumentNode {
  const template = parse(`type T @key(fields: "id") { ${recordFields.join('\n')} }`).definitions[0];
  if (template?.kind !== Kind.OBJECT_TYPE_DEFINITION) return own;
  return visit(own, {
    ObjectTypeDefinition(node): ObjectTypeDefinitionNode | undefined {
      if (!node.directives?.some((directive) => directive.name.value === 'dataset')) return undefined;
      return {
        ...node,
        directives: [...(template.directives ?? []), ...node.directives],
        fields: [
          ...(template.fields ?? []).map((field) => (referred.has(node.name.value) ? nullable(field) : field)),
          ...(node.fields ?? []),
        ],
      };
    },
  });
}

/** What others refer to by its key must not vanish with its holder. */
function nullable({ type, ...field }: FieldDefinitionNode): FieldDefinitionNode {
  return { ...field, type: type.kind === Kind.NON_NULL_TYPE ? type.type : type };
}

function derivedTypes(dataset: Dataset): string {
  const { type } = dataset;
  const filters = dataset.fields.filter((field) => field.indexed).map(filterField);
  const orders = dataset.fields.filter((field) => field.orderable).flatMap(orderValues);
  return `
    input ${type}Filter {
      "只看这些系统（代码）" systems: [String!] ${everyone}
      "是否包含副本" copies: Copies! = INCLUDE ${everyone}
      ${filters.join('\n')}
    }
    enum ${type}Order {
      ${[...orders, ...orderPair('RECEIVED', 'receivedAt', 'PUBLIC')].join('\n')}
    }
    type ${type}Connection {
      edges: [${type}Edge!]! ${everyone}
      nodes: [${type}!]! ${everyone}
      pageInfo: PageInfo! ${everyone}
      "所有作答系统的总数" totalCount: Int! ${everyone}
      coverage: Coverage! ${everyone}
    }
    type ${type}Edge {
      cursor: String! ${everyone}
      "所属系统此前缺席，本行补发。Its system was away when this row's place passed." late: Boolean! ${everyone}
      node: ${type}! ${everyone}
    }`;
}

function filterField(field: Field): string {
  return `${description(field.description)} ${field.name}: ${filterType(field)} @visibility(to: ${field.visibility})`;
}

/** @returns The input type by which an indexed field is filtered. */
export function filterType(field: Field): string {
  switch (field.graphType) {
    case 'String':
      return field.list ? 'CodeFilter' : 'TextFilter';
    case 'Region':
    case 'DateTime':
    case 'Date':
    case 'Int':
    case 'Party':
      return `${field.graphType}Filter`;
    case 'Decimal':
    case 'Money':
      return 'DecimalFilter';
    case 'Boolean':
      return 'Boolean';
    default:
      return 'CodeFilter';
  }
}

function orderValues(field: Field): readonly string[] {
  return orderPair(orderName(field.name), field.name, field.visibility);
}

function orderPair(name: string, by: string, visibility: Visibility): readonly string[] {
  return [
    `${name}_DESC @sort(by: "${by}", descending: true) @visibility(to: ${visibility})`,
    `${name}_ASC @sort(by: "${by}", descending: false) @visibility(to: ${visibility})`,
  ];
}

/** The order a root list has when none is asked for: newest first by the first time or day it can be ordered by. */
export function defaultOrder(dataset: Dataset): string {
  const open = dataset.fields.filter((field) => field.orderable && field.visibility === 'PUBLIC');
  const first = open.find(({ graphType }) => graphType === 'DateTime' || graphType === 'Date') ?? open[0];
  return `${first === undefined ? 'RECEIVED' : orderName(first.name)}_DESC`;
}

function roots(contract: Contract): string {
  const fields = contract.datasets.flatMap((dataset) => rootFields(dataset));
  return fields.length === 0 ? '' : `type Query {\n${fields.join('\n')}\n}`;
}

function rootFields(dataset: Dataset): readonly string[] {
  const { type } = dataset;
  const page = `${description(dataset.description)} ${plural(type)}(filter: ${type}Filter ${everyone}, order: ${type}Order! = ${defaultOrder(dataset)} ${everyone}, first: Int! = 20 ${everyone}, after: String ${everyone}): ${type}Connection! @route(by: PAGE) ${everyone}`;
  const name = firstWords(dataset.description) || type;
  const single = `${description(`按标识取一条：${name}；没有时为 null。One by its id, or null.`)} ${singular(type)}(id: ID! ${everyone}): ${type} @route(by: SINGLE) ${everyone}`;
  const byCode = dataset.fields.find((field) => field.name === dataset.byCode);
  if (byCode === undefined) return [page, single];
  const byWhat = firstWords(byCode.description) || byCode.name;
  const code = `${description(`按${byWhat}取一条：${name}；没有时为 null。One by its code, or null.`)} ${singular(type)}ByCode(code: String! @visibility(to: ${byCode.visibility})): ${type} @route(by: CODE) ${everyone}`;
  return [page, single, code];
}

function stub(type: string): string {
  const external = recordFields.slice(1).map((field) => field.replace(everyone, `@external ${everyone}`));
  return `type ${type} implements Record @key(fields: "id", resolvable: false) { ${[recordFields[0], ...external].join('\n')} }`;
}

/** What a description names, before it explains. */
function firstWords(text: string): string {
  return /^[^：；。，]*/.exec(text)?.[0].trim() ?? '';
}

function description(text: string): string {
  return text === '' ? '' : `"""${text.replaceAll('"""', '\\"""')}"""`;
}
