/**
 * Reads the law's directives from a supergraph: the API schema drops them, the supergraph keeps them (@composeDirective).
 * A supergraph of somebody else has none of them; everything here then answers undefined and nothing is restricted.
 * @see design/architecture.md «Composition»
 */
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  parse,
} from 'graphql';

/** Who may see a field; each level includes the ones before it. */
export const visibilities = ['PUBLIC', 'GOVERNMENT', 'RESTRICTED'] as const;
export type Visibility = (typeof visibilities)[number];

/** How a root field of a partitioned contract is answered. */
const operators = ['SINGLE', 'PAGE', 'GROUP', 'CODE'] as const;
export type Operator = (typeof operators)[number];

const merges = ['KEY', 'SUM'] as const;
export type MergeRule = (typeof merges)[number];

/** What an order value sorts by. */
export interface Sort {
  readonly by: string;
  readonly descending: boolean;
}

interface Marked {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
}

/**
 * @param supergraph - Its text, or the text parsed.
 * @returns The supergraph as an ordinary schema whose nodes still carry the directives.
 */
export function readSupergraph(supergraph: string | DocumentNode): GraphQLSchema {
  const document = typeof supergraph === 'string' ? parse(supergraph, { noLocation: true }) : supergraph;
  return buildASTSchema(document, { assumeValidSDL: true });
}

/** Visibility of a field, argument, input field or enum value; undefined where the law says nothing. */
export function visibilityOf(node: Marked): Visibility | undefined {
  return oneOf(visibilities, argument(node, 'visibility', 'to'));
}

/** The operator of a root field; undefined for a field that one endpoint answers. */
export function operatorOf(field: GraphQLField<unknown, unknown>): Operator | undefined {
  return oneOf(operators, argument(field, 'route', 'by'));
}

/** How a group's field is merged; undefined for a field that is no part of a group. */
export function mergeRuleOf(field: GraphQLField<unknown, unknown> | GraphQLInputField): MergeRule | undefined {
  return oneOf(merges, argument(field, 'merge', 'by'));
}

/** What an order value sorts by; undefined for any other enum value. */
export function sortOf(value: GraphQLEnumValue): Sort | undefined {
  const by = argument(value, 'sort', 'by');
  return typeof by === 'string' ? { by, descending: argument(value, 'sort', 'descending') === true } : undefined;
}

function argument(node: Marked, directive: string, name: string): string | boolean | undefined {
  const found = node.astNode?.directives?.find((candidate) => candidate.name.value === directive);
  const value = found?.arguments?.find((candidate) => candidate.name.value === name)?.value;
  return value !== undefined && 'value' in value ? value.value : undefined;
}

function oneOf<const Values extends readonly string[]>(values: Values, value: unknown): Values[number] | undefined {
  return values.find((candidate) => candidate === value);
}
