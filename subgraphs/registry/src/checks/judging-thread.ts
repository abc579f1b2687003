/**
 * The thread that judges SDLs: what a text costs is not paid by those who are served meanwhile.
 */
import { parentPort } from 'node:worker_threads';

import { judgeSdl, prepare } from './judge-sdl.ts';
import type { Submission } from './judge.ts';

parentPort?.on('message', ({ text, contracts }: Submission) => {
  prepare(contracts);
  // From here on it is the text that costs.
  parentPort?.postMessage('prepared');
  parentPort?.postMessage(judgeSdl(text, contracts));
});
