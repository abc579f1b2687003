/**
 * Plans in a thread of its own, one operation at a time and within a time: while a supergraph is loaded or a dear operation
 * planned, answers go on. A thread that takes too long or too much memory over an operation is ended, and another goes on with the
 * rest.
 * @see design/engine.md «Compile once per operation»
 */
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import { HubError } from '@hub/schema';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';

import type { QueryPlan } from './plan-tree.ts';
import type { PlannerAnswer, PlanQuestion } from './planner-messages.ts';
import type { Subgraph } from './query-planner.ts';

/** Bounds of planning. */
export interface PlannerBounds {
  /** For one plan, ms from when its turn comes. */
  readonly maxMs: number;
  /** Heap of the thread, MiB: the supergraph, and whatever a plan needs beside it. */
  readonly maxHeapMiB: number;
  /** What may wait for its plan at the same time: its number, and the characters of its texts. */
  readonly maxWaiting: { readonly operations: number; readonly characters: number };
  /** What the thread runs; ours but in tests. */
  readonly program: URL;
}

/** A planner at work. */
export interface OpenPlanner extends AsyncDisposable {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly Subgraph[];
  /**
   * @param text - Of a document that is valid by the API schema.
   * @returns In parts where it has `@defer`; undefined when nothing is to be fetched.
   * @throws HubError QUERY_TOO_LARGE when planning takes too long or too much memory, DEADLINE_EXCEEDED when too much waits already;
   * Error when it cannot be planned.
   */
  plan(text: string, operationName: string | undefined): Promise<QueryPlan | undefined>;
}

// The province's supergraph takes 90 MiB once it is loaded, 150 while it is.
const usualBounds: PlannerBounds = {
  maxMs: 5_000,
  maxHeapMiB: 1_024,
  // What a province's planner does in the ten seconds an operation has; more would be planned when nobody waits for it any more.
  maxWaiting: { operations: 1_000, characters: 4 * 1024 * 1024 },
  program: new URL('./planning-thread.ts', import.meta.url),
};

/** Young objects: little of a plan outlives it. What V8 takes by itself, 192, makes the process 90 MiB larger and no plan faster. */
const youngMiB = 16;

const retryAfterMs = 5_000;

type Loaded = Extract<PlannerAnswer, { kind: 'loaded' }>;

interface Waiting {
  readonly question: PlanQuestion;
  readonly resolve: (plan: QueryPlan | undefined) => void;
  readonly reject: (cause: unknown) => void;
}

/** @throws Error that says why the supergraph is unusable. */
export async function openPlanner(supergraphSdl: string, bounds: Partial<PlannerBounds> = {}): Promise<OpenPlanner> {
  const { maxMs, maxHeapMiB, maxWaiting, program } = { ...usualBounds, ...bounds };
  const resourceLimits = { maxOldGenerationSizeMb: maxHeapMiB, maxYoungGenerationSizeMb: youngMiB };
  const waiting = new Map<number, Waiting>();
  const loaded = Promise.withResolvers<Loaded>();
  let [over, asked] = [false, 0];
  let clock: NodeJS.Timeout | undefined;
  /** Being planned. */
  let current: number | undefined;
  let thread: Worker | undefined;

  function start(): Worker {
    const begun = new Worker(program, { execArgv: [], workerData: { supergraphSdl }, resourceLimits });
    begun.on('message', (answer: PlannerAnswer) => void (begun === thread && hear(answer, begun)));
    begun.on('error', (cause) => giveUp(begun, cause));
    thread = begun;
    return begun;
  }
  function hear(answer: PlannerAnswer, teller: Worker): void {
    if (answer.kind === 'loaded') return loaded.resolve(answer);
    if (answer.kind === 'unusable') return giveUp(teller, new Error(answer.why));
    const { id } = answer;
    clearTimeout(clock);
    if (answer.kind === 'begun') {
      current = id;
      clock = setTimeout(() => giveUp(teller, undefined), maxMs);
      return;
    }
    current = undefined;
    const asker = waiting.get(id);
    waiting.delete(id);
    if (answer.kind === 'planned') asker?.resolve(answer.plan);
    else asker?.reject(new Error(answer.why));
    if (waiting.size === 0) teller.unref();
  }
  /** What it was at is not asked again, it would end the next thread. A thread that ends before it plans takes all with it. */
  function giveUp(ended: Worker, cause: unknown): void {
    void ended.terminate();
    if (ended !== thread) return;
    clearTimeout(clock);
    thread = undefined;
    loaded.reject(cause);
    const lost = current === undefined ? [...waiting.keys()] : [current];
    // Memory that is gone before anything is planned was taken by no operation.
    const reason = current !== undefined && isTooDear(cause) ? tooDear(cause) : cause;
    current = undefined;
    for (const id of lost) waiting.get(id)?.reject(reason);
    for (const id of lost) waiting.delete(id);
    for (const { question } of waiting.values()) ask(question);
  }
  function ask(question: PlanQuestion): void {
    const asking = thread ?? start();
    asking.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    asking.postMessage(question);
  }
  function isFull(): boolean {
    const characters = waiting.values().reduce((sum, { question }) => sum + question.text.length, 0);
    return waiting.size >= maxWaiting.operations || characters > maxWaiting.characters;
  }
  async function end(): Promise<void> {
    over = true;
    clearTimeout(clock);
    for (const { reject } of waiting.values()) reject(new Error('the planner ended'));
    waiting.clear();
    await thread?.terminate();
  }

  const first = start();
  const { apiSdl, subgraphs } = await loaded.promise;
  first.unref();
  await turn();
  const api = parse(apiSdl, { noLocation: true });
  await turn();
  // The thread found it valid.
  const apiSchema = buildASTSchema(api, { assumeValid: true });
  await turn();
  return {
    apiSchema,
    subgraphs,
    async plan(text, operationName) {
      if (over) throw new Error('the planner ended');
      if (isFull()) throw tooMany();
      const { promise, resolve, reject } = Promise.withResolvers<QueryPlan | undefined>();
      const question = { id: ++asked, text, operationName };
      waiting.set(question.id, { question, resolve, reject });
      ask(question);
      return promise;
    },
    [Symbol.asyncDispose]: end,
  };
}

/** Neither time nor memory was enough. */
function isTooDear(cause: unknown): boolean {
  return cause === undefined || (cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY');
}

function tooMany(): HubError {
  return new HubError('DEADLINE_EXCEEDED', {
    zh: '等待制定计划的新查询过多，请稍后重试。',
    en: 'Too many new queries wait to be planned; try again in a moment.',
    retryAfterMs,
  });
}

function tooDear(cause: unknown): HubError {
  return new HubError('QUERY_TOO_LARGE', {
    zh: '为这个查询做计划用时过长或占用内存过多，请拆分或简化查询。',
    en: 'Planning this query takes too long or too much memory; split or simplify it.',
    cause,
  });
}
