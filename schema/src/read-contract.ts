/**
 * Reads a contract's SDL into data. The SDL is the single source: whatever the house derives starts here.
 * @see design/architecture.md «Layout»
 */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
  parse,
  valueFromASTUntyped,
} from 'graphql';

import type { BoardMapping, Contract, Dataset, Direction, Field, Milestone, Relation, Seal, Visibility, WireField } from './contract.ts';
import { HubError } from './errors.ts';

type Arguments = Readonly<Record<string, unknown>>;

/**
 * @param sdl - Text of `schema/contracts/<name>.graphql`, without the shared parts.
 * @throws HubError CONTRACT_INVALID when the text has no @contract or does not parse.
 */
export function readContract(sdl: string): Contract {
  const document = parseContract(sdl);
  const about = document.definitions
    .flatMap((node) => (node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : []))
    .find((directive) => directive.name.value === 'contract');
  if (about === undefined) {
    throw new HubError('CONTRACT_INVALID', {
      zh: '契约缺少 extend schema @contract(…)，请在文件开头写明名称、版本和标准版次。',
      en: 'The contract lacks extend schema @contract(…): name it, its version and the edition of the standard first.',
    });
  }
  const values = argumentsOf(about);
  const name = text(values, 'name') ?? '';
  return {
    name,
    version: text(values, 'version') ?? '',
    edition: text(values, 'edition') ?? '',
    title: text(values, 'title') ?? '',
    partitioned: values['partitioned'] !== false,
    category: text(values, 'category'),
    direction: text(values, 'direction') as Direction | undefined,
    datasets: document.definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && directiveOf(node, 'dataset') !== undefined ? [readDataset(node, name)] : [],
    ),
  };
}

/** @throws HubError CONTRACT_INVALID with the line when the text is not SDL. */
export function parseContract(sdl: string): DocumentNode {
  try {
    return parse(sdl);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HubError('CONTRACT_INVALID', {
      zh: `契约不是合法的 GraphQL SDL：${reason}`,
      en: `The contract is not GraphQL SDL: ${reason}`,
      cause,
    });
  }
}

function readDataset(node: ObjectTypeDefinitionNode, contract: string): Dataset {
  const values = argumentsOf(directiveOf(node, 'dataset'));
  return {
    type: node.name.value,
    code: text(values, 'code') ?? '',
    contract,
    no: typeof values['no'] === 'number' ? values['no'] : undefined,
    key: texts(values['key']),
    byFields: values['byFields'] === true,
    byCode: text(values, 'byCode'),
    why: text(values, 'why') ?? '',
    national: values['national'] !== false,
    description: node.description?.value ?? '',
    fields: (node.fields ?? []).map(readField),
    sealed: readSeal(directiveOf(node, 'sealed')),
    notice: readMapping(directiveOf(node, 'notice')),
    deal: readMapping(directiveOf(node, 'deal')),
  };
}

function readField(node: FieldDefinitionNode): Field {
  const indexed = directiveOf(node, 'indexed');
  return {
    name: node.name.value,
    ...readType(node.type),
    description: node.description?.value ?? '',
    wire: (node.directives ?? []).filter((directive) => directive.name.value === 'wire').map(readWire),
    visibility: (text(argumentsOf(directiveOf(node, 'visibility')), 'to') ?? 'RESTRICTED') as Visibility,
    indexed: indexed !== undefined,
    orderable: argumentsOf(indexed)['order'] === true,
    sealed: readSeal(directiveOf(node, 'sealed')),
    relation: readRelation(directiveOf(node, 'relation')),
  };
}

/** @returns The named type under lists and non-null marks, and the outermost of these. */
export function readType(node: TypeNode): { graphType: string; list: boolean; nonNull: boolean } {
  if (node.kind === Kind.NON_NULL_TYPE) return { ...readType(node.type), nonNull: true };
  if (node.kind === Kind.LIST_TYPE) return { ...readType(node.type), list: true, nonNull: false };
  return { graphType: node.name.value, list: false, nonNull: false };
}

function readWire(directive: ConstDirectiveNode): WireField {
  const values = argumentsOf(directive);
  return {
    code: text(values, 'code') ?? '',
    type: text(values, 'type') ?? '',
    part: text(values, 'part'),
    list: text(values, 'list'),
    id: text(values, 'id'),
    fixed: text(values, 'fixed'),
    required: values['required'] === true,
    requiredWhen: text(values, 'requiredWhen'),
    multi: values['multi'] === true,
    national: values['national'] !== false,
  };
}

function readSeal(directive: ConstDirectiveNode | undefined): Seal | undefined {
  if (directive === undefined) return undefined;
  const values = argumentsOf(directive);
  return { until: text(values, 'until') as Milestone, lot: text(values, 'lot') ?? '', lotIn: text(values, 'lotIn') };
}

function readRelation(directive: ConstDirectiveNode | undefined): Relation | undefined {
  if (directive === undefined) return undefined;
  const values = argumentsOf(directive);
  return { from: text(values, 'from') ?? '', to: text(values, 'to') ?? '' };
}

function readMapping(directive: ConstDirectiveNode | undefined): BoardMapping | undefined {
  return directive === undefined ? undefined : (argumentsOf(directive) as BoardMapping);
}

/** @returns The first directive of that name on a node. */
export function directiveOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): ConstDirectiveNode | undefined {
  return node.directives?.find((directive) => directive.name.value === name);
}

/** @returns The arguments of a directive as plain values; none when there is no directive. */
export function argumentsOf(directive: ConstDirectiveNode | undefined): Arguments {
  return Object.fromEntries((directive?.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]));
}

function text(values: Arguments, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
