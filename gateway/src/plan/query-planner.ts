/**
 * The planner's port: a supergraph goes in, plans come out. The only files that know the vendor's federation packages
 * (Elastic-2.0) are in this folder.
 * @see design/engine.md
 */
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type PlanNode as VendorNode, QueryPlanner as VendorPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';

import type { PlanNode, QueryPlan } from './plan-tree.ts';
import { resolvableKeysFirst } from './resolvable-keys-first.ts';

/** A subgraph as the supergraph names it. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
}

/** Plans operations over one supergraph. */
export interface QueryPlanner {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** With what clients do not see, types of answers among it. */
  readonly supergraphSchema: GraphQLSchema;
  readonly subgraphs: readonly Subgraph[];
  /**
   * @param document - Valid by the API schema.
   * @returns In parts where it has `@defer`; undefined when nothing is to be fetched.
   * @throws GraphQLError when it cannot be planned.
   */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan | undefined;
}

/** @throws whatever makes the supergraph unusable. */
export function openQueryPlanner(supergraphSdl: string): QueryPlanner {
  const supergraph = Supergraph.build(resolvableKeysFirst(parse(supergraphSdl, { noLocation: true })), { validateSupergraph: true });
  const api = supergraph.apiSchema();
  const planner = new VendorPlanner(supergraph, { incrementalDelivery: { enableDefer: true } });
  return {
    apiSchema: api.toGraphQLJSSchema({ includeDefer: true }),
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
    plan(document, operationName) {
      const { node } = planner.buildQueryPlan(operationFromDocument(api, document, operationName === undefined ? {} : { operationName }));
      if (node?.kind === 'Subscription') throw new TypeError('subscriptions are not planned');
      return node === undefined ? undefined : planOf(node);
    },
  };
}

function planOf(node: VendorNode): QueryPlan {
  if (node.kind !== 'Defer') return executable(node);
  const { primary, deferred } = node;
  return {
    kind: 'Defer',
    primary: primary.node && executable(primary.node),
    deferred: deferred.map(({ label, node: inner }) => ({ label, plan: inner && planOf(inner) })),
  };
}

function executable(node: VendorNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map(executable) };
    case 'Flatten':
      return { ...node, node: executable(node.node) };
    case 'Condition': {
      const { kind, condition, ifClause, elseClause } = node;
      return { kind, condition, ifClause: ifClause && executable(ifClause), elseClause: elseClause && executable(elseClause) };
    }
    case 'Fetch':
      return node;
    case 'Defer':
      throw new TypeError('a part inside a part that is not deferred');
  }
}
