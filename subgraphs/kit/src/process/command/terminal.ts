/**
 * What a command works with: the caller's folder and settings, where it prints, and how it asks back. Given, so that a command
 * can be tried without a process.
 * @see README «命令行 · Command line»
 */

/** The caller's end of a command. */
export interface Terminal {
  /** Usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder in which the command was called; relative paths are relative to it. */
  readonly folder: string;
  /** Standard output: the answer. */
  readonly print: (line: string) => void;
  /** Standard error: what is said beside it. */
  readonly say: (line: string) => void;
  /** The answer is no: exit code 1. */
  readonly refuse: () => void;
  /** Asks a person; undefined when nobody sits there. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** Form of an answer. */
export type Format = 'text' | 'json';

/** Version of every JSON answer: raised when a member changes its meaning, not when one is added. */
const jsonVersion = 1;

/** Prints an answer: its lines, or as JSON with its kind. */
export function answer(
  { print }: Terminal,
  format: Format,
  { kind, json, text }: { readonly kind: string; readonly json: object; readonly text: readonly string[] },
): void {
  if (format === 'json') print(JSON.stringify({ version: jsonVersion, kind, ...json }, undefined, 2));
  else for (const line of text) print(line);
}
