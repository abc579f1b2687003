/**
 * Calls `bin/hub` as a person does, from a folder of theirs, and keeps what it printed where.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

import { exchangeCommands } from '@hub/exchange/cli';
import { exitCodeOf, registryCommands, type Terminal } from '@hub/registry/cli';
import { HubError } from '@hub/schema';
import { Command } from 'commander';

import { root } from './repository.ts';

/** How a command ended; what it says on a slow machine while it waits is left out. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls it from one folder with settings of its own; variables of the test's environment that set a hub are left out. */
export function hubIn(folder: string, settings: Readonly<Record<string, string>> = {}): (...words: readonly string[]) => Promise<Called> {
  const env = callerEnv(settings);
  return (...words) =>
    new Promise((resolve) => {
      execFile(process.execPath, [`${root}/bin/hub`, ...words], { cwd: folder, env, maxBuffer: 1 << 26 }, (fault, stdout, stderr) =>
        resolve({
          code: fault === null ? 0 : Number(fault.code),
          stdout,
          stderr: stderr.replaceAll(/^… (?:等待登记处|等待数据交换|正在).*\n/gm, ''),
        }),
      );
    });
}

/** The same commands without a process of their own, where only the answer matters: a hundred times cheaper. */
export function commandsIn(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): (...words: readonly string[]) => Promise<Called> {
  return async (...words) => {
    const said = { stdout: '', stderr: '' };
    let code = 0;
    const terminal: Terminal = {
      env: settings,
      folder,
      print: (line) => void (said.stdout += `${line}\n`),
      say: (line) => void (said.stderr += /^… 等待(?:登记处|数据交换)/.test(line) ? '' : `${line}\n`),
      refuse: () => void (code = 1),
      ask: undefined,
    };
    const program = new Command('hub').exitOverride();
    const asking = [...registryCommands(terminal, { explanations: () => Promise.resolve([]) }), exchangeCommands(terminal)];
    for (const command of asking) program.addCommand(command);
    try {
      await program.parseAsync(words, { from: 'user' });
    } catch (cause) {
      code = exitCodeOf(cause);
      said.stderr += `${cause instanceof HubError ? `${cause.message}  ${cause.messageEn} [${cause.code}]` : String(cause)}\n`;
    }
    return { code, ...said };
  };
}

/** Starts a command that goes on until it is ended. */
export function startIn(
  folder: string,
  settings: Readonly<Record<string, string>>,
  words: readonly string[],
): ChildProcess & { readonly stdout: Readable } {
  return spawn(process.execPath, [`${root}/bin/hub`, ...words], {
    cwd: folder,
    env: callerEnv(settings),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function callerEnv(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HUB_|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$|VITEST)/.test(name));
  return { ...Object.fromEntries(inherited), ...settings };
}
