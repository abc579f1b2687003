/**
 * The generation in service. A new supergraph takes over between two operations; one that does not work is refused and the
 * old one stays.
 */
import type { GatewayEvent } from '../events.ts';
import type { Generation } from './generation.ts';

export interface GenerationsOptions {
  readonly open: (supergraphSdl: string) => Promise<Generation>;
  readonly report: (event: GatewayEvent) => void;
}

/** Owns the current generation and those that are running out. */
export class Generations implements AsyncDisposable {
  readonly #options: GenerationsOptions;
  readonly #retiring = new Set<Promise<void>>();
  #current: Generation;
  #adopting: Promise<string | undefined> = Promise.resolve(undefined);
  #over = false;

  private constructor(first: Generation, options: GenerationsOptions) {
    this.#current = first;
    this.#options = options;
  }

  /** @throws whatever makes the first supergraph unusable. */
  static async open(supergraphSdl: string, options: GenerationsOptions): Promise<Generations> {
    const startedMs = performance.now();
    const first = await options.open(supergraphSdl);
    tellAdopted(first, startedMs, options);
    return new Generations(first, options);
  }

  get current(): Generation {
    return this.#current;
  }

  /** Puts a new supergraph in service, one after the other; never throws. @returns Why it was refused; undefined: it serves. */
  adopt(supergraphSdl: string): Promise<string | undefined> {
    this.#adopting = this.#adopting.then(() => this.#adopt(supergraphSdl));
    return this.#adopting;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    await this.#adopting;
    this.#retire(this.#current);
    await Promise.all(this.#retiring);
  }

  async #adopt(supergraphSdl: string): Promise<string | undefined> {
    if (this.#over) return 'the gateway ends';
    const startedMs = performance.now();
    try {
      const next = await this.#options.open(supergraphSdl);
      const old = this.#current;
      this.#current = next;
      tellAdopted(next, startedMs, this.#options);
      this.#retire(old);
      return undefined;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#options.report({ kind: 'supergraph-refused', why });
      return why;
    }
  }

  #retire(generation: Generation): void {
    const ended = generation.retire().catch((cause: unknown) => this.#options.report({ kind: 'fault', cause }));
    const tracked: Promise<void> = ended.finally(() => this.#retiring.delete(tracked));
    this.#retiring.add(tracked);
  }
}

function tellAdopted({ version, subgraphs }: Generation, startedMs: number, { report }: GenerationsOptions): void {
  report({ kind: 'supergraph-adopted', version, subgraphs, ms: Math.round(performance.now() - startedMs) });
}
