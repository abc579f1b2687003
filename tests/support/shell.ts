/**
 * A terminal as a person has it: one bash in which one command after the other is run, each a job of its own that Ctrl-C ends.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** What a command printed, both streams as they came, and how it ended. */
export interface Ran {
  readonly output: string;
  readonly code: number;
}

/** A terminal. */
export interface Shell extends AsyncDisposable {
  /** Runs commands to their end. */
  run(commands: string): Promise<Ran>;
  /** Starts commands, and resolves when they printed what is waited for, as if they had ended well; or when they ended before. */
  start(commands: string, isPrinted: (output: string) => boolean): Promise<Ran>;
  /** Ctrl-C, when something runs. @returns How it ended; undefined: nothing ran. */
  interrupt(): Promise<Ran | undefined>;
}

const mark = '@@ended';
const patienceMs = 60_000;

/** Opens a terminal in a folder, with exactly this environment. */
export function openShell(cwd: string, env: NodeJS.ProcessEnv): Shell {
  const bash = spawn('bash', ['--noprofile', '--norc'], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  // Jobs in groups of their own, as in a terminal; and one that Ctrl-C ended does not end the shell.
  bash.stdin.write('set -m; trap : INT; exec 2>&1\n');
  let text = '';
  let isRunning = false;
  const heard = bash.stdout.setEncoding('utf8').on('data', (piece: string) => void (text += piece));
  /** Resolves when something more was printed. @throws Error with what was printed before, when nothing comes. */
  const more = async (): Promise<void> => {
    await once(heard, 'data', { signal: AbortSignal.timeout(patienceMs) }).catch((cause: unknown) => {
      throw new Error(`nothing more was printed after:\n${text}`, { cause });
    });
  };
  const ended = (): Ran | undefined => {
    const found = new RegExp(`^([\\s\\S]*?)${mark} (\\d+)\\n`).exec(text);
    return found === null ? undefined : { output: found[1] ?? '', code: Number(found[2]) };
  };
  const begin = (commands: string): void => {
    text = '';
    isRunning = true;
    bash.stdin.write(`{\n${commands}\n} < /dev/null\necho "${mark} $?"\n`);
  };
  const untilEnded = async (): Promise<Ran> => {
    for (;;) {
      const ran = ended();
      if (ran !== undefined) {
        isRunning = false;
        return ran;
      }
      await more();
    }
  };
  const interrupt = async (): Promise<Ran | undefined> => {
    if (!isRunning) return undefined;
    for (const job of childrenOf(bash.pid)) process.kill(-job, 'SIGINT');
    return untilEnded();
  };
  return {
    run(commands) {
      begin(commands);
      return untilEnded();
    },
    async start(commands, isPrinted) {
      begin(commands);
      while (!isPrinted(text)) {
        const ran = ended();
        if (ran !== undefined) return ran;
        await more();
      }
      return { output: text, code: 0 };
    },
    interrupt,
    async [Symbol.asyncDispose]() {
      await interrupt();
      bash.stdin.end();
      if (bash.exitCode === null) await once(bash, 'exit');
    },
  };
}

function childrenOf(parent: number | undefined): readonly number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    return Number.isInteger(pid) && parentOf(pid) === parent ? [pid] : [];
  });
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
