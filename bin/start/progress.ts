/**
 * Shows how far the start is: one line a step, rewritten every second in a terminal while it runs; elsewhere a line now and
 * then, so that a log stays short and is never silent for long.
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

// In a log file one line for each tenth is enough, and one for each five seconds without any.
const tenths = 10;
const liveMs = 1000;
const quietMs = 5000;

/** Shows progress on a screen. */
export function showProgress(screen: Screen): Progress {
  const live = screen.isTTY === true;
  let told = '';
  let doing = '';
  let startedMs = 0;
  let toldMs = 0;
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  const show = (text: string): void => {
    toldMs = performance.now();
    screen.write(text);
  };
  const tick = (): void => {
    if (live) show(`${clearLine}… ${doing} ${seconds().toFixed(0)} s`);
    else if (performance.now() - toldMs >= quietMs) show(`  ${doing} ${seconds().toFixed(0)} s\n`);
  };
  return {
    async step(name, run) {
      doing = name;
      startedMs = performance.now();
      toldMs = startedMs;
      if (live) show(`… ${name}`);
      const ticking = setInterval(tick, liveMs);
      const mark = (sign: string): void => {
        clearInterval(ticking);
        show(`${live ? clearLine : ''}${sign} ${name} ${seconds().toFixed(1)} s\n`);
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
      doing = `${what} ${done}/${total}`;
      if (live) return show(`${clearLine}… ${doing}`);
      const line = `  ${what} ${Math.floor((done * tenths) / total) * tenths} %\n`;
      if (line !== told) show(line);
      told = line;
    },
  };
}

const clearLine = '\r\u001B[2K';
