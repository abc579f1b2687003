/**
 * Runs a program of ours in a process of its own, as measurements need it: it gets one order, reports when it is ready, and
 * answers messages one after the other.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';

import type { z } from 'zod';

/** What to run. */
export interface ProgramOptions<Ready> {
  /** The first message it gets. */
  readonly order: object;
  /** Its report that it is ready; other messages before that are passed over. */
  readonly ready: z.ZodType<Ready>;
  readonly env?: Readonly<Record<string, string>>;
  /** Words for Node itself. */
  readonly execArgv?: readonly string[];
  /** The only core it may run on, from its first step; without it any. */
  readonly core?: number | undefined;
}

/** A running program. */
export interface Program<Ready> extends AsyncDisposable {
  readonly pid: number;
  readonly ready: Ready;
  /** Sends a message. @returns The answer, read. */
  ask<Answer>(message: object, answer: z.ZodType<Answer>): Promise<Answer>;
}

/**
 * Starts a program; it ends when its channel to this process closes.
 * @throws Error with the last thing it said when it ends before it is ready.
 */
export async function startProgram<Ready>(file: string, options: ProgramOptions<Ready>): Promise<Program<Ready>> {
  const { order, ready, env = {}, execArgv = [], core } = options;
  // As in service: some libraries do more when they believe they are being developed or tested.
  const pinned =
    core === undefined
      ? { execArgv: [...execArgv] }
      : { execPath: 'taskset', execArgv: ['--cpu-list', `${core}`, process.execPath, ...execArgv] };
  const child = fork(file, { env: { ...process.env, NODE_ENV: 'production', ...env }, ...pinned });
  let said: unknown = 'nothing';
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended by itself; it said: ${JSON.stringify(said)}`);
  });
  ended.catch(() => {});
  const next = async (): Promise<unknown> => {
    said = await Promise.race([new Promise<unknown>((resolve) => child.once('message', resolve)), ended]);
    return said;
  };
  child.send(order);
  let read = ready.safeParse(await next());
  while (!read.success) read = ready.safeParse(await next());
  return {
    pid: child.pid ?? 0,
    ready: read.data,
    async ask(message, answer) {
      const answered = next();
      child.send(message);
      return answer.parse(await answered);
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await ended.catch(() => {});
    },
  };
}
