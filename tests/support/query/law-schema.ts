/**
 * The supergraph as generators read it: who may use which field, argument, filter and order.
 * @see design/graph.md «Who sees what»
 */
import { type ConstDirectiveNode, type GraphQLSchema, buildASTSchema, parse } from 'graphql';

/** Levels of callers, each including the ones before. */
export const levels = ['PUBLIC', 'GOVERNMENT', 'RESTRICTED'] as const;
export type Level = (typeof levels)[number];

interface Marked {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
}

/** @returns The supergraph as a schema whose nodes still carry @visibility. */
export function lawSchema(supergraphSdl: string): GraphQLSchema {
  return buildASTSchema(parse(supergraphSdl, { noLocation: true }), { assumeValidSDL: true });
}

/** Whether a caller of this level may use a field, argument, input field or enum value. */
export function isVisible(node: Marked, level: Level): boolean {
  const directive = node.astNode?.directives?.find(({ name }) => name.value === 'visibility');
  const value = directive?.arguments?.find(({ name }) => name.value === 'to')?.value;
  const wanted = value !== undefined && 'value' in value ? levels.findIndex((known) => known === value.value) : 0;
  return wanted <= levels.indexOf(level);
}
