/**
 * The terminal that the command line is called from.
 */
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';

import type { Terminal } from '@hub/registry/cli';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** @param env - `process.env`. */
export function processTerminal(env: Terminal['env']): Terminal {
  const { stdin, stdout, stderr } = process;
  return {
    env,
    folder: callerFolder(env),
    print: (line) => void stdout.write(`${line}\n`),
    say: (line) => void stderr.write(`${line}\n`),
    refuse: () => void (process.exitCode = 1),
    ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  };
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
