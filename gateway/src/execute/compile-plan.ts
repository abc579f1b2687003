/**
 * A plan as a program of steps.
 * @see design/engine.md «Compile once per operation»
 */
import type { GraphQLSchema } from 'graphql';

import type { FetchSource } from '../fetch/source.ts';
import type { PlanNode } from '../plan/plan-tree.ts';
import type { Step } from './execution.ts';
import { compileFetch } from './fetch-step.ts';
import type { PlanPath } from './place.ts';

export interface PlanOptions {
  /** With what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly sources: ReadonlyMap<string, FetchSource>;
}

/** @returns The step that runs a whole plan. */
export function compilePlan(node: PlanNode, options: PlanOptions, path: PlanPath = []): Step {
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((inner) => compilePlan(inner, options, path));
      return async (execution) => {
        for (const step of steps) await step(execution);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((inner) => compilePlan(inner, options, path));
      return async (execution) => void (await Promise.all(steps.map((step) => step(execution))));
    }
    case 'Flatten':
      return compilePlan(node.node, options, [...path, ...node.path]);
    case 'Condition': {
      const [yes, no] = [node.ifClause, node.elseClause].map((inner) => (inner === undefined ? idle : compilePlan(inner, options, path)));
      return (execution) => ((execution.conditions[node.condition] === true ? yes : no) ?? idle)(execution);
    }
    case 'Fetch': {
      const source = options.sources.get(node.serviceName);
      if (source === undefined) throw new TypeError(`the plan asks ${node.serviceName}, which the supergraph does not have`);
      return compileFetch(node, { schema: options.schema, source, path });
    }
  }
}

const idle: Step = async () => {};
