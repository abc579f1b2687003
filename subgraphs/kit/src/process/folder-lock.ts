/**
 * One hub a data folder: a file that names the process holding it. What a killed process left behind does not count.
 */
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder is ours until this is disposed. */
export type FolderLock = AsyncDisposable;

const fileName = 'hub.pid';

/**
 * Takes the folder for this process.
 * @returns undefined when another living process holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  const file = join(folder, fileName);
  const mine = await identity(process.pid);
  if (!(await writeNew(file, mine))) {
    const holder = (await readFile(file, 'utf8')).trim();
    if (await lives(holder)) return undefined;
    await rm(file, { force: true });
    // Lost to another process that came at the same moment: it holds the folder now.
    if (!(await writeNew(file, mine))) return undefined;
  }
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await using handle = await open(file, 'wx');
    await handle.writeFile(`${text}\n`);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

async function lives(holder: string): Promise<boolean> {
  const pid = Number(holder.split(' ')[0]);
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    // EPERM: there is such a process, of another user.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EPERM')) return false;
  }
  return (await identity(pid)) === holder;
}

// Process numbers are given out again; the number together with the start time is not.
async function identity(pid: number): Promise<string> {
  return `${pid} ${await startTime(pid)}`;
}

async function startTime(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything; the start time is the 20th after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    // Systems without /proc: the number alone must do.
    return '-';
  }
}
