/**
 * What stands behind the planner: something that answers one fetch of a plan.
 * @see design/partitioning.md «Rules» 2
 */
import type { ErrorCode, HubError } from '@hub/schema';

import type { Call } from '../admit/call.ts';

/** One fetch of a plan. */
export interface Fetch {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly call: Call;
}

export type Path = readonly (string | number)[];

/** A failure as a GraphQL answer carries it, already fit to show. */
export interface FetchError {
  readonly message: string;
  readonly path?: Path;
  readonly extensions: { readonly code: ErrorCode; readonly [name: string]: unknown };
}

export interface FetchAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly FetchError[];
}

/** A subgraph as the executor of a plan sees it. Never throws for what a system did. */
export interface FetchSource {
  answer(fetch: Fetch): Promise<FetchAnswer>;
}

/** @returns The failure at a place of the answer. */
export function errorAt(error: HubError, path: Path): FetchError {
  return { message: error.message, path, extensions: { ...error.extensions, code: error.code } };
}
