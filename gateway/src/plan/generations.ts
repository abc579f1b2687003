/**
 * The generation in service. A new supergraph takes over between two operations, prepared for what is asked most; one that does
 * not work is refused and the old one stays.
 */
import type { GatewayEvent } from '../events.ts';
import type { Generation } from './generation.ts';
import { usualWarming, warmOperations, type WarmingBounds } from './warming.ts';

export interface GenerationsOptions {
  readonly open: (supergraphSdl: string) => Promise<Generation>;
  readonly report: (event: GatewayEvent) => void;
  /** Default 200 operations and 10 s. */
  readonly warming?: WarmingBounds;
}

/** What takes longer is told, ms. */
const longMs = 1_000;

/** Owns the current generation and those that are running out. */
export class Generations implements AsyncDisposable {
  readonly #options: GenerationsOptions;
  readonly #retiring = new Set<Promise<void>>();
  #current: Generation;
  #adopting: Promise<string | undefined> = Promise.resolve(undefined);
  readonly #over = new AbortController();

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
    this.#over.abort();
    await this.#adopting;
    this.#retire(this.#current);
    await Promise.all(this.#retiring);
  }

  async #adopt(supergraphSdl: string): Promise<string | undefined> {
    if (this.#over.signal.aborted) return 'the gateway ends';
    const startedMs = performance.now();
    try {
      const next = await this.#options.open(supergraphSdl);
      const old = this.#current;
      await this.#warm(next, old);
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

  /** Clients do not notice; operators do, when it takes long. */
  async #warm(next: Generation, old: Generation): Promise<void> {
    const { operations, maxMs } = this.#options.warming ?? usualWarming;
    const { signal } = this.#over;
    const warmed = await warmOperations(old.mostUsed(operations), { prepare: (one) => next.prepare(one), maxMs, signal });
    if (warmed.ms >= longMs) this.#options.report({ kind: 'operations-prepared', version: next.version, ...warmed });
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
