/**
 * The same question asked while it is being answered is answered once: one plan, the same variables, the same grants. Whoever
 * comes second waits for what the first began; it is given up when the last of them has gone. Whoever asks after a change, of
 * data by a mutation or of routing, is not told what was begun before it.
 * @see design/engine.md «Sharing in flight»
 */
import type { Call, Notes } from '../admit/call.ts';
import type { CompiledOperation, Executed } from './operation.ts';

/** Where an answer that several wait for is kept once it is written. */
export class Written {
  bytes: Buffer | undefined;
}

/**
 * @param changes - How many changes there have been.
 * @returns The operation, for queries: a mutation is run for each who asks.
 */
export function shareInFlight(run: CompiledOperation, changes: () => number): CompiledOperation {
  const running = new Map<string, Running>();
  return async (variables, call) => {
    const key = `${changes()} ${call.grants} ${JSON.stringify(variables)}`;
    const known = running.get(key);
    if (known !== undefined) {
      const executed = await known.waitedFor(call);
      // What went wrong for one need not for another: it has time of its own.
      return executed.errors.length + executed.faults.length === 0 ? executed : run(variables, call);
    }
    const begun = new Running(run, variables, call);
    running.set(key, begun);
    try {
      return await begun.waitedFor(call);
    } finally {
      running.delete(key);
    }
  };
}

/** One run of an operation, and who waits for it. */
class Running {
  readonly #executed: Promise<Executed>;
  readonly #notes: Notes = { incomplete: false, admitted: true, remarks: [] };
  readonly #gone = new AbortController();
  #waiting = 0;
  #written: Written | undefined;

  constructor(run: CompiledOperation, variables: Readonly<Record<string, unknown>>, first: Call) {
    this.#executed = run(variables, { ...first, signal: this.#gone.signal, notes: this.#notes });
  }

  /** Waits like all others; who comes later has the later deadline, so that of the first is nobody's loss. */
  async waitedFor({ signal, notes }: Call): Promise<Executed> {
    const leave = (): void => {
      if (--this.#waiting === 0) this.#gone.abort();
    };
    // One alone writes text: memory outside the heap costs more than it saves.
    if (++this.#waiting > 1) this.#written ??= new Written();
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    try {
      const executed = await this.#executed;
      if (this.#notes.incomplete) notes.incomplete = true;
      notes.remarks.push(...this.#notes.remarks);
      return this.#written === undefined ? executed : { ...executed, written: this.#written };
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}
