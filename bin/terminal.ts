/**
 * The terminal that the command line is called from.
 */
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';

import type { Terminal } from '@hub/registry/cli';

/** Whoever read the answer has left, as with `hub system list | head`: there is nobody to go on for, and nothing is wrong. */
export class ReaderLeft extends Error {}

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** @param env - `process.env`. */
export function processTerminal(env: Terminal['env']): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', onlyLeft);
  return {
    env,
    folder: callerFolder(env),
    print: (line) => {
      if (stdout.destroyed) throw new ReaderLeft();
      stdout.write(`${line}\n`);
    },
    say: (line) => void stderr.write(`${line}\n`),
    refuse: () => void (process.exitCode = 1),
    ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  };
}

function onlyLeft(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'EPIPE') throw fault;
}

/** npm runs a script in the repository's folder, and says where it was called. */
function callerFolder({ INIT_CWD: called }: Terminal['env']): string {
  const folder = process.cwd();
  return folder === root && called !== undefined ? called : folder;
}

async function ask(question: string): Promise<string> {
  // The answer of a command may go into a pipe: the question does not.
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
