/**
 * What the old supergraph was asked most is prepared for the new one before it serves: planned, compiled, found valid. Whoever
 * asks it next does not wait for that.
 * @see design/engine.md «Compile once per operation»
 */
import type { KnownOperation } from '../execute/compiled-operations.ts';

/** How much is prepared. */
export interface WarmingBounds {
  readonly operations: number;
  /** The new supergraph serves after that time, however little is prepared, ms. */
  readonly maxMs: number;
}

export const usualWarming: WarmingBounds = { operations: 200, maxMs: 10_000 };

/** What came of it. */
export interface Warmed {
  readonly prepared: number;
  /** Operations that were to be prepared; the new supergraph may not allow all of them. */
  readonly of: number;
  readonly ms: number;
}

/** What prepares. */
export interface WarmingOptions {
  /** @returns false when the supergraph does not allow the operation. */
  readonly prepare: (operation: KnownOperation) => Promise<boolean>;
  readonly maxMs: number;
  /** Aborted when the gateway ends. */
  readonly signal: AbortSignal;
}

/** Prepares one after the other; what cannot be is left out, it will be refused when it comes. */
export async function warmOperations(known: readonly KnownOperation[], options: WarmingOptions): Promise<Warmed> {
  const startedMs = performance.now();
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  const timer = setTimeout(end, options.maxMs, undefined);
  const ended = (): void => end(undefined);
  options.signal.addEventListener('abort', ended);
  if (options.signal.aborted) ended();
  let prepared = 0;
  for (const operation of known) {
    // One that takes long goes on behind, and is kept when it is ready.
    const done = await Promise.race([over, options.prepare(operation).catch(() => false)]);
    if (done === undefined) break;
    if (done) prepared++;
  }
  clearTimeout(timer);
  options.signal.removeEventListener('abort', ended);
  return { prepared, of: known.length, ms: Math.round(performance.now() - startedMs) };
}
