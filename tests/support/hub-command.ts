/**
 * Calls `bin/hub` as a person does, from a folder of theirs, and keeps what it printed where.
 */
import { execFile } from 'node:child_process';

import { root } from './repository.ts';

/** How a command ended; what it says on a slow machine while it waits is left out. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls it from one folder with settings of its own; variables of the test's environment that set a hub are left out. */
export function hubIn(folder: string, settings: Readonly<Record<string, string>> = {}): (...words: readonly string[]) => Promise<Called> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HUB_|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$|VITEST)/.test(name));
  const env = { ...Object.fromEntries(inherited), ...settings };
  return (...words) =>
    new Promise((resolve) => {
      execFile(process.execPath, [`${root}/bin/hub`, ...words], { cwd: folder, env, maxBuffer: 1 << 26 }, (fault, stdout, stderr) =>
        resolve({ code: fault === null ? 0 : Number(fault.code), stdout, stderr: stderr.replaceAll(/^… (?:等待登记处|正在).*\n/gm, '') }),
      );
    });
}
