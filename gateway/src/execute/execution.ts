/**
 * One operation under way: the data as far as it is there, and what failed.
 */
import type { Call } from '../admit/call.ts';
import type { FetchError } from '../fetch/source.ts';
import type { Target } from './place.ts';

/** Shared by all steps of an operation. */
export interface Execution {
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Boolean variables that decide what is fetched, defaults filled in. */
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly call: Call;
  readonly data: Target;
  readonly errors: FetchError[];
}

/** A compiled step of a plan. Never rejects for what a subgraph did. */
export type Step = (execution: Execution) => Promise<void>;
