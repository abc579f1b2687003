/**
 * Follows the release of contracts in force: the routing table names the supergraph by its digest; the gateway has it already,
 * finds its copy, or fetches it, verifies it, keeps it and puts it in service as a new generation. Where that cannot be done the
 * old one stays, and is told.
 * @see schema/PROTOCOL.md 12; README «Releases of contracts»
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { GatewayEvent } from '../events.ts';
import { digestOf, loadSupergraph, saveSupergraph } from './supergraph-copy.ts';

/** The release that the registry has in force. */
export interface ReleaseInForce {
  readonly release: number;
  /** SHA-256, hex, of its supergraph. */
  readonly supergraph: string;
}

/** How it is followed. */
export interface SupergraphOptions {
  /** Folder of the copies; absent: none is kept. */
  readonly folder: string | undefined;
  /** Asks the registry for a text. @throws when it has none or is away. */
  readonly fetch: (sha256: string, signal: AbortSignal) => Promise<string>;
  readonly report: (event: GatewayEvent) => void;
}

/** How far the gateway is with the release in force. */
export interface ReleaseStatus extends ReleaseInForce {
  /** Whether the gateway serves it. */
  readonly served: boolean;
  /** Why not; undefined: it does, or is about to. */
  readonly fault: string | undefined;
}

const retry = { firstMs: 200, maxMs: 3000 } as const;

/** Follows; serves nothing before `first`. */
export class SupergraphFollower implements AsyncDisposable {
  readonly #options: SupergraphOptions;
  readonly #over = new AbortController();
  #own = '';
  #wanted: ReleaseInForce | undefined;
  /** Digest of what is in service, and of what cannot be. */
  #serving = '';
  #refused = '';
  #fault: string | undefined;
  #adopt: ((text: string) => Promise<string | undefined>) | undefined;
  #following: Promise<void> | undefined;

  constructor(options: SupergraphOptions) {
    this.#options = options;
  }

  /** Whether the registry rules which supergraph is served. */
  get rules(): boolean {
    return this.#wanted !== undefined;
  }

  get status(): ReleaseStatus | undefined {
    if (this.#wanted === undefined) return undefined;
    return { ...this.#wanted, served: this.#wanted.supergraph === this.#serving, fault: this.#fault };
  }

  /** Told of the release in force with every routing table. */
  want(wanted: ReleaseInForce): void {
    if (wanted.supergraph === '') return;
    const isNew = wanted.supergraph !== this.#wanted?.supergraph;
    this.#wanted = wanted;
    if (isNew) this.#fault = undefined;
    this.#start();
  }

  /**
   * Opens the first supergraph: that of the registry when it can be had and works, else the gateway's own.
   * @param own - The text the gateway was started with.
   */
  async first<Opened>(own: string, open: (text: string) => Promise<Opened>): Promise<Opened> {
    this.#own = own;
    const sha256 = this.#wanted?.supergraph ?? digestOf(own);
    if (sha256 !== digestOf(own)) {
      try {
        const text = await this.#obtain(sha256);
        const opened = await open(text);
        await this.#keep(text);
        return opened;
      } catch (cause) {
        this.#tell(cause);
      }
    }
    const opened = await open(own);
    this.#serving = digestOf(own);
    return opened;
  }

  /** From now on `adopt` puts texts in service. @param adopt - @returns Why it could not. */
  follow(adopt: (text: string) => Promise<string | undefined>): void {
    this.#adopt = adopt;
    this.#start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#following;
  }

  #start(): void {
    if (this.#adopt === undefined || this.#over.signal.aborted) return;
    this.#following ??= this.#run(this.#adopt).finally(() => (this.#following = undefined));
  }

  async #run(adopt: (text: string) => Promise<string | undefined>): Promise<void> {
    let waitMs: number = retry.firstMs;
    while (!this.#over.signal.aborted) {
      const sha256 = this.#wanted?.supergraph ?? '';
      if (sha256 === this.#serving || sha256 === this.#refused) return;
      try {
        const text = await this.#obtain(sha256);
        // Another release came meanwhile: this one is passed over.
        if (this.#wanted?.supergraph !== sha256) continue;
        const why = await adopt(text);
        if (why === undefined) await this.#keep(text);
        else [this.#refused, this.#fault] = [sha256, why];
        waitMs = retry.firstMs;
      } catch (cause) {
        this.#tell(cause);
        await delay(waitMs, undefined, { signal: this.#over.signal }).catch(() => {});
        waitMs = Math.min(waitMs * 2, retry.maxMs);
      }
    }
  }

  async #obtain(sha256: string): Promise<string> {
    if (sha256 === digestOf(this.#own)) return this.#own;
    const { folder, fetch } = this.#options;
    const copy = folder === undefined ? undefined : await loadSupergraph(folder, sha256);
    if (copy !== undefined) return copy;
    const text = await fetch(sha256, this.#over.signal);
    if (digestOf(text) !== sha256) throw new Error('the supergraph is not the one that the routing table names');
    return text;
  }

  async #keep(text: string): Promise<void> {
    const before = this.#serving;
    this.#serving = digestOf(text);
    this.#fault = undefined;
    const { folder, report } = this.#options;
    if (folder === undefined || this.#serving === digestOf(this.#own)) return;
    // Without a copy it goes on; it only could not start without the registry.
    await saveSupergraph(folder, text, before === '' ? [] : [before]).catch((cause: unknown) => report({ kind: 'fault', cause }));
  }

  #tell(cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (this.#fault !== why) this.#options.report({ kind: 'supergraph-unreadable', why });
    this.#fault = why;
  }
}
