/**
 * Operations that are kept compiled, for one supergraph. Each is compiled once, whoever asks for it meanwhile waits for the same;
 * how often each is used lately tells which of them the next supergraph is prepared for.
 * @see design/engine.md «Compile once per operation», README «What is kept of operations»
 */
import { HubError } from '@hub/schema';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** An operation and the document it stands in. */
export interface AskedOperation {
  /** The document's text. */
  readonly source: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** An operation that some supergraph knew. */
export interface KnownOperation {
  /** Of the document's text. */
  readonly digest: string;
  readonly source: string;
  readonly operationName: string | undefined;
  /** Requests, those of an hour ago by half. */
  readonly uses: number;
}

/** @param grow - Told of characters that are kept beside the text: the plan's, and again for every further way it is compiled. */
export type Compile<Compiled> = (asked: AskedOperation, grow: (characters: number) => void) => Promise<Compiled>;

/** How much is kept. */
export interface CompiledBounds {
  readonly operations: number;
  /** Of their texts and plans. */
  readonly characters: number;
}

// A character of text or plan stands for 55 bytes of heap, parsed document and compiled fetches among them: 230 MB at the most.
const usualBounds: CompiledBounds = { operations: 2_000, characters: 4 * 1024 * 1024 };

const halfLifeMs = 3_600_000;

/** What is too dear to plan is not tried again for so long: each try takes the thread that plans with it, and the time of all who wait. */
const refusedMs = 60_000;

interface Entry<Compiled> {
  readonly digest: string;
  readonly source: string;
  readonly operationName: string | undefined;
  readonly compiled: Promise<Compiled>;
  characters: number;
  isRepeated: boolean;
  uses: number;
  usedMs: number;
  /** When it is tried again; Infinity: it did not fail. */
  againMs: number;
}

export class CompiledOperations<Compiled> {
  readonly #compile: Compile<Compiled>;
  readonly #kept: LRUCache<string, Entry<Compiled>>;
  readonly #nowMs: () => number;

  constructor(compile: Compile<Compiled>, bounds = usualBounds, nowMs = () => performance.now()) {
    this.#compile = compile;
    this.#nowMs = nowMs;
    const { operations: max, characters: maxSize } = bounds;
    this.#kept = new LRUCache<string, Entry<Compiled>>({ max, maxSize, sizeCalculation: ({ characters }) => Math.max(1, characters) });
  }

  /**
   * @param digest - Of the document's text.
   * @param uses - How many requests of before this one stands for; absent: it is a request.
   * @throws whatever compiling throws; it is tried again when it is asked for again, QUERY_TOO_LARGE a minute later.
   */
  get(digest: string, asked: AskedOperation, uses?: number): Promise<Compiled> {
    const name = asked.operation.name?.value;
    const key = name === undefined ? digest : `${digest} ${name}`;
    const nowMs = this.#nowMs();
    const kept = this.#kept.get(key);
    const known = kept !== undefined && nowMs < kept.againMs ? kept : undefined;
    const entry = known ?? this.#begin(key, digest, asked);
    entry.isRepeated ||= known !== undefined || uses !== undefined;
    entry.uses = faded(entry, nowMs) + (uses ?? 1);
    entry.usedMs = nowMs;
    return entry.compiled;
  }

  /** @returns The most used lately, the most used first; none that came once only. */
  mostUsed(count: number): readonly KnownOperation[] {
    const nowMs = this.#nowMs();
    const repeated = this.#kept.values().filter(({ isRepeated, againMs }) => isRepeated && againMs === Infinity);
    const known = Array.from(repeated, (entry) => {
      const { digest, source, operationName } = entry;
      return { digest, source, operationName, uses: faded(entry, nowMs) };
    });
    return known.toSorted((a, b) => b.uses - a.uses).slice(0, count);
  }

  #begin(key: string, digest: string, asked: AskedOperation): Entry<Compiled> {
    const { source, operation } = asked;
    const grow = (characters: number): void => {
      entry.characters += characters;
      // The same value set again is not weighed again.
      if (this.#kept.peek(key) === entry && this.#kept.delete(key)) this.#kept.set(key, entry);
    };
    const compiled = Promise.resolve().then(() => this.#compile(asked, grow));
    const entry: Entry<Compiled> = {
      digest,
      source,
      operationName: operation.name?.value,
      compiled,
      characters: source.length,
      isRepeated: false,
      uses: 0,
      usedMs: 0,
      againMs: Infinity,
    };
    this.#kept.set(key, entry);
    compiled.catch((cause: unknown) => {
      if (cause instanceof HubError && cause.code === 'QUERY_TOO_LARGE') entry.againMs = this.#nowMs() + refusedMs;
      else if (this.#kept.peek(key) === entry) this.#kept.delete(key);
    });
    return entry;
  }
}

function faded({ uses, usedMs }: Entry<unknown>, nowMs: number): number {
  return uses * 2 ** ((usedMs - nowMs) / halfLifeMs);
}
