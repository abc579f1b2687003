import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from 'vitest';

import { endPostgres } from './stale-postgres.ts';

test.each([
  ['that ends when asked', '', 'SIGINT'],
  ['that is stuck in its shutdown', "process.on('SIGINT', () => {});", 'SIGQUIT'],
  ['that obeys nothing', "for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => {});", 'SIGKILL'],
])('a server %s is ended', async (_, program, signal) => {
  const server = spawn(process.execPath, ['--eval', `${program} setInterval(() => {}, 1000); process.send('up');`], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  await once(server, 'message');
  const ended = once(server, 'exit');
  // A busy machine needs a moment before a signal has been obeyed.
  await endPostgres(server.pid ?? 0, 0.1);
  expect(await ended).toEqual([null, signal]);
});
