/**
 * Where a test run keeps what need not outlive it: in memory, when there is plenty. A database of all contracts is three thousand
 * files; some disks take two milliseconds to begin a file, and the run makes half a million of them.
 */
import { readFileSync, statfsSync } from 'node:fs';

const folder = '/dev/shm';
/** Twice what is in it at the most. */
const roomBytes = 6 * 1024 ** 3;

/** @returns The folder; undefined where there is none, or little memory, or programs in it may not be run. */
export function memoryFolder(): string | undefined {
  if (process.availableMemory() < roomBytes) return undefined;
  try {
    const mount = readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === folder);
    const [, , kind, options = ''] = mount?.split(' ') ?? [];
    const { bavail, bsize } = statfsSync(folder);
    const isFit = kind === 'tmpfs' && /^rw\b/.test(options) && !/\bnoexec\b/.test(options);
    return isFit && bavail * bsize >= roomBytes ? folder : undefined;
  } catch {
    // No Linux: files it is.
    return undefined;
  }
}
