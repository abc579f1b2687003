/**
 * A gateway in a process of its own that tells what it holds: memory, planning threads, supergraphs it took up.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Worker } from 'node:worker_threads';

import { startGateway } from '@hub/gateway';
import { createLog } from '@hub/kit/process';
import { z } from 'zod';

const order = z.object({ supergraph: z.string() });
const question = z.object({ isMemoryAsked: z.boolean() });
const mebibyte = 1 << 20;
const tickMs = 5;

const threads = new Set<Worker>();
let [adopted, refused] = [0, 0];
process.on('worker', (worker) => {
  threads.add(worker);
  worker.once('exit', () => void threads.delete(worker));
});
process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { supergraph } = order.parse(message);
  const gateway = await startGateway({
    supergraph,
    port: 0,
    log: createLog('gateway', 'warn'),
    pollMs: 100,
    onEvent({ kind }) {
      if (kind === 'supergraph-adopted') adopted++;
      if (kind === 'supergraph-refused') refused++;
    },
  });
  // By the time the thread had a core, so that what else the machine does is not taken for work of ours.
  let [longestBlockMs, before] = [0, process.threadCpuUsage()];
  setInterval(() => {
    const now = process.threadCpuUsage();
    longestBlockMs = Math.max(longestBlockMs, (now.user - before.user + now.system - before.system) / 1_000);
    before = now;
  }, tickMs).unref();
  setFlagsFromString('--expose-gc');
  const collect = z.function().parse(runInNewContext('gc'));
  const memory = async (): Promise<object> => {
    const told = { longestBlockMs };
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const planners = await Promise.all(Array.from(threads, (thread) => thread.getHeapStatistics()));
    const plannerHeap = planners.reduce((sum, { used_heap_size: used }) => sum + used, 0);
    // Looking is a block of its own.
    [longestBlockMs, before] = [0, process.threadCpuUsage()];
    return { rssMiB: rss / mebibyte, heapMiB: heapUsed / mebibyte, plannerHeapMiB: plannerHeap / mebibyte, ...told };
  };
  process.on('message', (asked) => {
    const answer = async (): Promise<void> => {
      const { isMemoryAsked } = question.parse(asked);
      process.send?.({ threads: threads.size, adopted, refused, ...(isMemoryAsked ? await memory() : {}) });
    };
    void answer();
  });
  process.once('disconnect', () => void gateway[Symbol.asyncDispose]());
  process.send?.({ url: `${gateway.url}/graphql` });
}
