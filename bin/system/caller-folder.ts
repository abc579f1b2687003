/**
 * Where a command was called: npm runs scripts in the repository's folder, and says where that was.
 */
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** @param env - Usually `process.env`. @returns The folder that relative paths are relative to. */
export function callerFolder({ INIT_CWD: called }: Readonly<Record<string, string | undefined>>): string {
  const folder = process.cwd();
  return folder === root && called !== undefined ? called : folder;
}
