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
  readonly execArgv?: readonly string[];
}

/** A running program. */
export interface Program<Ready> extends AsyncDisposable {
  readonly pid: number;
  readonly ready: Ready;
  /** Sends a message. @returns The answer, read. */
  ask<Answer>(message: object, answer: z.ZodType<Answer>): Promise<Answer>;
}

/** Starts a program; it ends when its channel to this process closes. */
export async function startProgram<Ready>(file: string, options: ProgramOptions<Ready>): Promise<Program<Ready>> {
  const { order, ready, env = {}, execArgv = [] } = options;
  // As in service: libraries are slower when they believe they are being developed or tested.
  const child = fork(file, { env: { ...process.env, NODE_ENV: 'production', ...env }, execArgv: [...execArgv] });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended by itself`);
  });
  ended.catch(() => {});
  const next = async (): Promise<unknown> => {
    const [message]: unknown[] = await Promise.race([once(child, 'message'), ended]);
    return message;
  };
  child.send(order);
  for (;;) {
    const message = await next();
    const read = ready.safeParse(message);
    if (!read.success) continue;
    return {
      pid: child.pid ?? 0,
      ready: read.data,
      async ask(sent, answer) {
        const answered = next();
        child.send(sent);
        return answer.parse(await answered);
      },
      async [Symbol.asyncDispose]() {
        if (child.connected) child.disconnect();
        await ended.catch(() => {});
      },
    };
  }
}
