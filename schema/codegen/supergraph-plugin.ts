/** graphql-codegen plugin: the supergraph, as the gateway loads it. */
import { composeSupergraph } from './compose-supergraph.ts';
import { loadSubgraphs } from './load-contracts.ts';

/** @returns SDL of the supergraph. */
export function plugin(): string {
  return composeSupergraph(loadSubgraphs());
}
