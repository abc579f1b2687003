/**
 * Runs `bin/hub` as a newcomer does, in a process group of its own like that of a terminal, and knows all its descendants.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';

import { root } from './repository.ts';

/** What a run left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `bin/hub`. */
export interface HubProcess extends AsyncDisposable {
  /** Resolves with the address of the line `hub ready at …`, or of a gateway’s or a system’s; rejects when the process ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<Outcome>;
  /** Resolves when standard error holds the words; rejects when the process ends before. */
  told(words: string): Promise<void>;
  /** Process numbers of it and of everything it started, now. */
  family(): readonly number[];
  /** As Ctrl-C does: to the whole foreground group. */
  interrupt(): void;
  /** `kill -9` of this process alone. */
  kill(): void;
}

const readyLine = /^(?:hub|gateway|system) ready at (\S+)$/m;

/** Nobody: for hubs whose test is not about the exchange, which would harvest beside it. */
const elsewhere = { HUB_EXCHANGE_URL: 'http://127.0.0.1:9' };

/** Starts it, without an exchange unless the variables say where; variables of the test's own environment that set a hub are left out. */
export function runHub(words: readonly string[], env: Readonly<Record<string, string>>): HubProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HUB_|APOLLO_|NODE_OPTIONS$|VITEST)/.test(name));
  return runStart(process.execPath, [`${root}/bin/hub`, ...words], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...elsewhere, ...env },
  });
}

/** Starts any program that says `hub ready at …`, with exactly this environment. */
export function runStart(
  program: string,
  words: readonly string[],
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): HubProcess {
  const child = spawn(program, words, {
    ...place,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const ready = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text.stdout += piece;
    const address = readyLine.exec(text.stdout)?.[1];
    if (address !== undefined) ready.resolve(address);
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => void (text.stderr += piece));
  const ended = outcome(child, text);
  void ended.then(({ stderr }) => ready.reject(new Error(`ended before it was ready: ${stderr}`)));
  ready.promise.catch(() => {});
  return {
    ready: ready.promise,
    ended,
    async told(words) {
      while (!text.stderr.includes(words)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended before it told «${words}»: ${text.stderr}`);
        await Promise.race([once(child.stderr, 'data'), ended]);
      }
    },
    family: () => family(child.pid ?? 0),
    interrupt: () => signalGroup(child, 'SIGINT'),
    kill: () => void child.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** @returns Which of the processes still live. */
export function living(pids: readonly number[]): readonly number[] {
  return pids.filter((pid) => stateOf(pid) !== undefined);
}

async function outcome(child: ChildProcess, text: { readonly stdout: string; readonly stderr: string }): Promise<Outcome> {
  await once(child, 'close');
  return { code: child.exitCode, signal: child.signalCode, stdout: text.stdout, stderr: text.stderr };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) process.kill(-child.pid, signal);
}

/** @returns Process numbers of a process and of everything it started, now. */
export function family(pid: number): readonly number[] {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((candidate) => stateOf(candidate)?.parent === pid);
  return [pid, ...children.flatMap(family)];
}

// A zombie has ended; only its number waits to be collected.
function stateOf(pid: number): { readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : { parent: Number(parent) };
  } catch {
    return undefined;
  }
}
