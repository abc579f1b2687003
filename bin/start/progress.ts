/**
 * Shows how far the start is: one line a step, rewritten in a terminal while it runs, written once elsewhere.
 */
import type { WriteStream } from 'node:tty';

import type { SystemsProgress } from './messages.ts';

/** Where progress is shown: a terminal, or a pipe that keeps every line. */
export type Screen = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

/** The steps of a start. */
export interface Progress {
  /** Runs one step, showing its name, its time, and how it went. */
  step<Result>(name: string, run: () => Promise<Result>): Promise<Result>;
  /** Says how far the step that runs now is. */
  tell(progress: SystemsProgress): void;
}

// In a log file one line for each tenth is enough.
const tenths = 10;

/** Shows progress on a screen. */
export function showProgress(screen: Screen): Progress {
  const live = screen.isTTY === true;
  let told = '';
  return {
    async step(name, run) {
      const startedMs = performance.now();
      if (live) screen.write(`… ${name}`);
      const mark = (sign: string): void => {
        const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
        screen.write(`${live ? clearLine : ''}${sign} ${name} ${seconds} s\n`);
      };
      try {
        const result = await run();
        mark('✓');
        return result;
      } catch (cause) {
        mark('✗');
        throw cause;
      }
    },
    tell({ what, done, total }) {
      if (live) return void screen.write(`${clearLine}… ${what} ${done}/${total}`);
      const line = `  ${what} ${Math.floor((done * tenths) / total) * tenths} %\n`;
      if (line !== told) screen.write(line);
      told = line;
    },
  };
}

const clearLine = '\r\u001B[2K';
