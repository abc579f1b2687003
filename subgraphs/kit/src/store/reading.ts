/**
 * The connections that questions are answered on. They are not those of writers: a statement here ends when nobody can be
 * waiting for it any more, while a migration or a batch of records takes the time it takes.
 * @see design/architecture.md «The way of a query»
 */
import { type Connections, openConnections } from './connections.ts';

/**
 * Somewhat above the 2 s that the gateway gives a system: what runs longer is answered to nobody, and holds a connection that
 * the next question needs.
 */
export const readTimeoutMs = 3000;

/** How it is opened. */
export interface ReadingOptions {
  /** Connections at the most; none is made before it is needed. */
  readonly poolSize: number;
  readonly timeoutMs: number;
}

/** Opens nothing yet: the first question does. */
export function openReading(url: string, { poolSize, timeoutMs }: ReadingOptions): Promise<Connections> {
  return openConnections(url, { poolSize, statementTimeoutMs: timeoutMs });
}
