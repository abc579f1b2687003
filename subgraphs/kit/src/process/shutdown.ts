/**
 * How a hub process ends: whatever was opened is closed in reverse order, each within a deadline, and the event loop runs empty.
 * A signal asks for that once; another one, a moment later, ends the process at once. So does the first when closing had begun
 * without it, and so does what could not be closed when it keeps the loop from running empty.
 */
import { setTimeout as delay } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// A terminal's Ctrl-C reaches a script twice: from the terminal and again from the package runner above it.
const sameKeystrokeMs = 1000;
const usualDeadlineMs = 10_000;
const usualLingerMs = 5000;

/** The list of what must be closed, last opened first. */
export interface Shutdown extends AsyncDisposable {
  /** Aborted as soon as closing begins: take no new work. */
  readonly signal: AbortSignal;
  /** Registers what closes `name`. When closing has begun already, it is closed at once. */
  defer(name: string, close: () => unknown, deadlineMs?: number): void;
  /** Closes everything. However often it is called, each thing is closed once. @returns The names of what failed to close or ran out of time. */
  close(): Promise<readonly string[]>;
  /** Resolves with the result of `close` when somebody called it. */
  readonly closed: Promise<readonly string[]>;
}

/** Where the end of a process comes from; tests give their own. */
export interface ShutdownOptions {
  /** Called for each thing that failed to close or took too long. */
  readonly onFault?: (name: string, cause: unknown) => void;
  /** Called before a forced end, for what must not outlive this process. */
  readonly onForce?: () => void;
  /** How long what failed to close may keep the process alive, ms. Default 5000. */
  readonly lingerMs?: number;
  /** What these signals do instead of ending the process, for as long as it is not ending. */
  readonly instead?: Readonly<Partial<Record<NodeJS.Signals, () => void>>> | undefined;
  /** Listen to SIGINT, SIGTERM and SIGHUP, and end by force at all. Default true. */
  readonly listen?: boolean;
}

/** Starts a shutdown list for this process and, unless told otherwise, listens to its signals. */
export function createShutdown(options: ShutdownOptions = {}): Shutdown {
  const steps: { readonly name: string; readonly run: () => Promise<string | undefined> }[] = [];
  const controller = new AbortController();
  const { promise: closed, resolve } = Promise.withResolvers<readonly string[]>();
  let closing: Promise<readonly string[]> | undefined;
  let beganMs: number | undefined;
  let done = false;

  const close = (): Promise<readonly string[]> => {
    beganMs ??= performance.now();
    closing ??= closeAll().then((faults) => (resolve(faults), faults));
    return closing;
  };
  const closeAll = async (): Promise<readonly string[]> => {
    controller.abort();
    const faults: string[] = [];
    // Read again each round: what closes may still register another.
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const fault = await step.run();
      if (fault !== undefined) faults.push(fault);
    }
    done = true;
    const force = stopListening();
    // Waited for by nobody: a loop that runs empty ends the process before.
    if (faults.length > 0) setTimeout(force, options.lingerMs ?? usualLingerMs, 'SIGTERM').unref();
    return faults;
  };
  const stopListening = options.listen === false ? () => nothing : listen(close, { began: () => beganMs, ...options });
  return {
    signal: controller.signal,
    closed,
    close,
    defer(name, run, deadlineMs = usualDeadlineMs) {
      const step = { name, run: () => closeOne(name, run, { deadlineMs, onFault: options.onFault }) };
      if (!done) steps.push(step);
      // Too late for the list, and never left open: `run` reports its own fault and does not reject.
      else void step.run();
    },
    [Symbol.asyncDispose]: async () => void (await close()),
  };
}

interface CloseOne {
  readonly deadlineMs: number;
  readonly onFault: ((name: string, cause: unknown) => void) | undefined;
}

async function closeOne(name: string, run: () => unknown, { deadlineMs, onFault }: CloseOne): Promise<string | undefined> {
  const finished = new AbortController();
  try {
    const late = delay(deadlineMs, undefined, { signal: finished.signal }).then(() => {
      throw new Error(`still open after ${deadlineMs} ms`);
    });
    late.catch(() => {});
    await Promise.race([Promise.resolve().then(run), late]);
    return undefined;
  } catch (cause) {
    onFault?.(name, cause);
    return name;
  } finally {
    finished.abort();
  }
}

interface Listening {
  /** When closing began, for whatever reason. */
  readonly began: () => number | undefined;
  readonly onForce?: ShutdownOptions['onForce'];
  readonly instead?: ShutdownOptions['instead'];
}

/** @returns What ends the listening, and gives what ends the process by force. */
function listen(close: () => Promise<unknown>, { began, onForce, instead }: Listening): () => (signal: NodeJS.Signals) => void {
  const force = (signal: NodeJS.Signals): void => {
    onForce?.();
    stop();
    // With the listeners gone the signal does what it always does.
    process.kill(process.pid, signal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    const beganMs = began();
    if (beganMs === undefined && instead?.[signal] !== undefined) return instead[signal]();
    if (beganMs === undefined || performance.now() - beganMs < sameKeystrokeMs) return void close();
    force(signal);
  };
  const stop = (): void => signals.forEach((signal) => process.off(signal, onSignal));
  signals.forEach((signal) => process.on(signal, onSignal));
  return () => {
    stop();
    return force;
  };
}

function nothing(): void {}
