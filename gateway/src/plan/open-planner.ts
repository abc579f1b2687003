/**
 * Plans in a thread of its own, one operation at a time and within a time: while a supergraph is loaded or a dear operation
 * planned, answers go on. A thread that takes too long over an operation is ended, and another goes on with the rest.
 * @see design/engine.md «Compile once per operation»
 */
import { Worker } from 'node:worker_threads';

import { HubError } from '@hub/schema';
import { buildSchema, type GraphQLSchema } from 'graphql';

import type { PlanNode } from './plan-tree.ts';
import type { PlannerAnswer, PlanQuestion } from './planner-messages.ts';
import type { Subgraph } from './query-planner.ts';

/** Bounds of one plan. */
export interface PlannerBounds {
  /** ms from when its turn comes. */
  readonly maxMs: number;
}

/** A planner at work. */
export interface OpenPlanner extends AsyncDisposable {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly Subgraph[];
  /**
   * @param text - Of a document that is valid by the API schema.
   * @returns undefined when nothing is to be fetched.
   * @throws HubError QUERY_TOO_LARGE when planning takes too long; Error when it cannot be planned.
   */
  plan(text: string, operationName: string | undefined): Promise<PlanNode | undefined>;
}

const usualBounds: PlannerBounds = { maxMs: 5_000 };

interface Waiting {
  readonly question: PlanQuestion;
  readonly resolve: (plan: PlanNode | undefined) => void;
  readonly reject: (cause: unknown) => void;
}

/** @throws Error that says why the supergraph is unusable. */
export async function openPlanner(supergraphSdl: string, bounds: PlannerBounds = usualBounds): Promise<OpenPlanner> {
  const waiting = new Map<number, Waiting>();
  const loaded = Promise.withResolvers<Extract<PlannerAnswer, { kind: 'loaded' }>>();
  let [over, asked] = [false, 0];
  let clock: NodeJS.Timeout | undefined;
  /** Being planned. */
  let current = 0;
  let thread = start();

  function start(): Worker {
    const begun = new Worker(new URL('./planning-thread.ts', import.meta.url), { execArgv: [], workerData: { supergraphSdl } });
    begun.on('message', (answer: PlannerAnswer) => hear(answer));
    // What ends the thread is what it was at: to be asked again would end the next one.
    begun.on('error', (cause) => giveUp(begun, cause));
    begun.unref();
    return begun;
  }
  function hear(answer: PlannerAnswer): void {
    if (answer.kind === 'loaded') return loaded.resolve(answer);
    if (answer.kind === 'unusable') return loaded.reject(new Error(answer.why));
    const { id } = answer;
    clearTimeout(clock);
    if (answer.kind === 'begun') {
      current = id;
      clock = setTimeout(() => giveUp(thread, undefined), bounds.maxMs);
      return;
    }
    const asker = waiting.get(id);
    waiting.delete(id);
    if (answer.kind === 'planned') asker?.resolve(answer.plan);
    else asker?.reject(new Error(answer.why));
    if (waiting.size === 0) thread.unref();
  }
  /** Another thread goes on with what waits behind. */
  function giveUp(ended: Worker, cause: unknown): void {
    clearTimeout(clock);
    loaded.reject(cause);
    void ended.terminate();
    if (over || ended !== thread) return;
    waiting.get(current)?.reject(tooDear(cause));
    waiting.delete(current);
    thread = start();
    for (const { question } of waiting.values()) ask(question);
  }
  function ask(question: PlanQuestion): void {
    thread.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(question);
  }

  thread.ref();
  const { apiSdl, subgraphs } = await loaded.promise.catch(async (cause: unknown) => {
    over = true;
    await thread.terminate();
    throw cause;
  });
  thread.unref();
  return {
    apiSchema: buildSchema(apiSdl, { assumeValidSDL: true, noLocation: true }),
    subgraphs,
    plan(text, operationName) {
      const { promise, resolve, reject } = Promise.withResolvers<PlanNode | undefined>();
      const question = { id: ++asked, text, operationName };
      waiting.set(question.id, { question, resolve, reject });
      ask(question);
      return promise;
    },
    async [Symbol.asyncDispose]() {
      over = true;
      clearTimeout(clock);
      for (const { reject } of waiting.values()) reject(new Error('the planner ended'));
      await thread.terminate();
    },
  };
}

function tooDear(cause: unknown): HubError {
  return new HubError('QUERY_TOO_LARGE', {
    zh: '为这个查询做计划用时过长，请拆分或简化查询。',
    en: 'Planning this query takes too long; split or simplify it.',
    cause,
  });
}
