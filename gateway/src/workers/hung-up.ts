/**
 * SIGHUP has two meanings: a terminal that closes says it to all that ran in it, an operator to a program that is to start anew.
 */
import { isatty } from 'node:tty';

/** @returns What tells whether a terminal that this process had is gone. */
export function watchTerminal(): () => boolean {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  return () => terminals.some((fd) => !isatty(fd));
}
