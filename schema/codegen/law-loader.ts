/**
 * Gives graphql-codegen the province's graph as clients see it: all contracts, composed, without the join machinery.
 * @see design/architecture.md «Layout»
 */
import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

import { composeSupergraph } from './compose-supergraph.ts';
import { loadSubgraphs } from './load-contracts.ts';

/** @returns The API schema of the composed supergraph. */
export default function loadLaw(): GraphQLSchema {
  return Supergraph.build(composeSupergraph(loadSubgraphs())).apiSchema().toGraphQLJSSchema();
}
