/**
 * The thread that examines proposed contracts: composing all of them takes seconds, and nobody who is served meanwhile waits.
 */
import { parentPort } from 'node:worker_threads';

import { examine, type Question } from './examine.ts';

parentPort?.on('message', (question: Question) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(examine(question));
});
