/**
 * A plan as a program: each fetch begins when what it waits for is over, and the whole is over when all are.
 * @see design/engine.md «Compile once per operation»
 */
import type { GraphQLSchema } from 'graphql';

import type { FetchSource } from '../fetch/source.ts';
import type { PlanNode } from '../plan/plan-tree.ts';
import type { Execution, Step } from './execution.ts';
import { batchesOf } from './batch.ts';
import { compileEntityFetch, compileRootFetch } from './fetch-step.ts';
import { type Decision, scheduleOf } from './schedule.ts';

export interface PlanOptions {
  /** With what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly sources: ReadonlyMap<string, FetchSource>;
}

/** @returns The step that runs a whole plan. */
export function compilePlan(plan: PlanNode, { schema, sources }: PlanOptions): Step {
  const sourceOf = (name: string): FetchSource => {
    const source = sources.get(name);
    if (source === undefined) throw new TypeError(`the plan asks ${name}, which the supergraph does not have`);
    return source;
  };
  const turns = batchesOf(scheduleOf(plan), (name) => sourceOf(name).isOne === true).map(({ tasks, after }) => {
    const [first] = tasks;
    if (first === undefined) throw new TypeError('a batch of nothing');
    const options = { schema, source: sourceOf(first.fetch.serviceName) };
    const step = first.fetch.requires === undefined ? compileRootFetch(first, options) : compileEntityFetch(tasks, options);
    return { step, decisions: first.decisions, after };
  });
  const [only] = turns;
  if (only !== undefined && turns.length === 1 && only.decisions.length === 0) return only.step;
  return async (execution) => {
    const begun: Promise<void>[] = [];
    for (const { step, decisions, after } of turns)
      begun.push(run(execution, { step, decisions, before: after.flatMap((place) => begun[place] ?? []) }));
    await Promise.all(begun);
  };
}

interface Turn {
  readonly step: Step;
  readonly decisions: readonly Decision[];
  readonly before: readonly Promise<void>[];
}

async function run(execution: Execution, { step, decisions, before }: Turn): Promise<void> {
  if (decisions.some(({ variable, wanted }) => (execution.conditions[variable] === true) !== wanted)) return;
  if (before.length > 0) await Promise.all(before);
  await step(execution);
}
