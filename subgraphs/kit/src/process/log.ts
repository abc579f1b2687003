/**
 * The log of a hub process: JSON lines on standard error, so that standard output stays for answers and progress.
 */
import { pino } from 'pino';
import type { Logger } from 'pino';

import type { LogLevel } from './config.ts';

/** What a hub process logs with. */
export type Log = Logger;

// Wherever a request or an error carries one, it must not reach a file.
const hidden = ['authorization', 'token', 'password', 'secret', 'cookie'];

/**
 * @param name - Which part of the hub speaks, such as `gateway`.
 * @returns A logger; nothing below `level` is written, and fields that hold credentials are replaced.
 */
export function createLog(name: string, level: LogLevel): Log {
  const paths = hidden.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  return pino({ name, level, redact: { paths, censor: '[hidden]' } }, pino.destination({ dest: 2, sync: true }));
}
