/**
 * The thread that judges SDLs: what a text costs is not paid by those who are served meanwhile. It tells when the text costs, and
 * when it only reads the law: `text`, `law`, then the findings.
 */
import { parentPort } from 'node:worker_threads';

import type { Finding } from './finding.ts';
import { judgeDocument, prepare } from './judge-sdl.ts';
import type { Submission } from './judge.ts';
import { readSdl } from './read-sdl.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (told: 'text' | 'law' | readonly Finding[]): void => parentPort?.postMessage(told);

parentPort?.on('message', ({ text, contracts, law }: Submission) => {
  tell('text');
  const read = readSdl(text);
  if ('finding' in read) return tell([read.finding]);
  tell('law');
  prepare(contracts, law);
  tell('text');
  tell(judgeDocument(read.document, contracts, law));
});
