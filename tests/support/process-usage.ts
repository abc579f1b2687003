/**
 * What processes use, as Linux counts it.
 * @see proc(5): /proc/PID/stat, /proc/PID/smaps_rollup
 */
import { readFileSync } from 'node:fs';

// USER_HZ: fixed at 100 for user space on every architecture Node runs on.
const tickMs = 10;
const kibibyte = 1024;

/** @returns CPU time of the process so far, user and system, ms (in steps of 10). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [fields[11], fields[12]];
  return (Number(userTicks) + Number(systemTicks)) * tickMs;
}

/** @returns Memory of the process, bytes: its own, and its share of what it shares with others. */
export function pssBytes(pid: number): number {
  const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kib ?? 0) * kibibyte;
}

/** @returns The command line of the process, its words parted by blanks. */
export function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
}
