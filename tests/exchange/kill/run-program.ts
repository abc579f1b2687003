/**
 * Runs a program of the kill tests to its end, whatever that is, and keeps what it told.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves when it told its first line. */
  readonly begun: Promise<void>;
  readonly ended: Promise<Ended>;
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Lines it told, whole ones alone. */
  readonly lines: readonly string[];
  readonly complaint: string;
}

/** Starts it on this Node. */
export function runProgram(path: string, words: readonly (string | number)[]): Running {
  const child = spawn(process.execPath, [path, ...words.map(String)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { out: '', complaint: '' };
  const begun = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    told.out += piece;
    if (told.out.includes('\n')) begun.resolve();
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => void (told.complaint += piece));
  const ended = once(child, 'close').then(() => {
    begun.resolve();
    return { code: child.exitCode, signal: child.signalCode, lines: told.out.split('\n').slice(0, -1), complaint: told.complaint };
  });
  return { child, begun: begun.promise, ended };
}
