/**
 * The thread that plans: it loads one supergraph, tells what clients see of it, and then answers question by question.
 * @see open-planner.ts
 */
import { parentPort, workerData } from 'node:worker_threads';

import { assertValidSchema, parse, printSchema } from 'graphql';

import { openQueryPlanner } from './query-planner.ts';
import { planQuestion, type PlannerAnswer, plannerOrder } from './planner-messages.ts';

const { supergraphSdl } = plannerOrder.parse(workerData);
const tell = (answer: PlannerAnswer): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer);
};

try {
  const planner = openQueryPlanner(supergraphSdl);
  assertValidSchema(planner.apiSchema);
  tell({ kind: 'loaded', apiSdl: printSchema(planner.apiSchema), subgraphs: planner.subgraphs });
  parentPort?.on('message', (message) => {
    const { id, text, operationName } = planQuestion.parse(message);
    tell({ kind: 'begun', id });
    try {
      tell({ kind: 'planned', id, plan: planner.plan(parse(text, { noLocation: true }), operationName) });
    } catch (error) {
      tell({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) });
    }
  });
} catch (error) {
  tell({ kind: 'unusable', why: error instanceof Error ? error.message : String(error) });
}
