/**
 * Where a command was called: npm runs scripts in the repository's folder, and says where that was.
 */

/** @param env - Usually `process.env`. @returns The folder that relative paths are relative to. */
export function callerFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env['INIT_CWD'] ?? process.cwd();
}
