/**
 * What processes use, as Linux counts it.
 * @see proc(5): /proc/PID/stat, /proc/PID/smaps_rollup
 */
import { readdirSync, readFileSync } from 'node:fs';

// USER_HZ: fixed at 100 for user space on every architecture Node runs on.
const tickMs = 10;
const kibibyte = 1024;

/** @returns CPU time of the process so far, user and system, ms (in steps of 10). */
export function cpuMs(pid: number): number {
  return ticksOf(statOf(pid), 11, 12) * tickMs;
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

/** @returns CPU time of a process and of all it started so far, those that ended among them, ms. */
export function cpuMsOfAll(parent: number): number {
  const own = statOf(parent);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === parent);
  return children.reduce((sum, pid) => sum + ticksOf(statOf(Number(pid)), 11, 12), ticksOf(own, 11, 14)) * tickMs;
}

/** @returns The process that started this one; 0 when it is gone. */
export function parentOf(pid: number): number {
  return Number(statOf(pid)[1] ?? 0);
}

/** Fields of `/proc/PID/stat` from the third on; none of a process that is gone. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function ticksOf(fields: readonly string[], from: number, to: number): number {
  return fields.slice(from, to + 1).reduce((sum, ticks) => sum + Number(ticks), 0);
}
