/**
 * How many operations are under way at once. Where the event loop never rests, beginning one more makes none come sooner: it only
 * holds memory, which the collector copies again and again. So beyond a few an operation begins when the loop rests, and that it
 * does as soon as all that are under way wait for subgraphs.
 * @see README «How many operations run at once»
 */
import type { CompiledOperation } from './operation.ts';

/** So many are under way in any case. */
const inAnyCase = 4;
/** A turn of the event loop that takes less had nothing to do, ms. */
const restMs = 0.1;

/** What a gate goes by. */
export interface Turns {
  readonly nowMs: () => number;
  /** Calls back when the event loop has come round. */
  readonly next: (then: () => void) => void;
}

const usualTurns: Turns = { nowMs: () => performance.now(), next: (then) => void setImmediate(then) };

/** Through which all operations of a supergraph go. */
export class Gate {
  readonly #turns: Turns;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(turns = usualTurns) {
    this.#turns = turns;
  }

  /**
   * @returns The operation, which begins when it may: first come, first begun. Its deadline runs meanwhile, and one whose client
   *   has gone ends as soon as it begins.
   */
  through(run: CompiledOperation): CompiledOperation {
    return async (variables, call) => {
      if (this.#underWay < inAnyCase) this.#underWay++;
      else await this.#turn();
      try {
        return await run(variables, call);
      } finally {
        this.#underWay--;
        if (this.#underWay < inAnyCase) this.#letOneIn();
      }
    };
  }

  #turn(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#waiting.push(resolve) === 1) this.#watch();
    return promise;
  }

  #letOneIn(): void {
    const begin = this.#waiting.shift();
    if (begin === undefined) return;
    this.#underWay++;
    begin();
  }

  /** As long as anybody waits. */
  #watch(): void {
    const sinceMs = this.#turns.nowMs();
    this.#turns.next(() => {
      if (this.#turns.nowMs() - sinceMs < restMs) this.#letOneIn();
      if (this.#waiting.length > 0) this.#watch();
    });
  }
}
