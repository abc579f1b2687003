/**
 * What stands behind the planner: something that answers one fetch of a plan.
 * @see design/partitioning.md «Rules» 2
 */
import type { ErrorCode, HubError } from '@hub/schema';

import type { Call } from '../admit/call.ts';
import { isObject } from './reader.ts';

/** What a fetch of a plan asks, the same for every request. */
export interface Question {
  readonly query: string;
  readonly operationName: string | undefined;
}

/** What says whose an entity is. */
export interface EntityKey {
  readonly typename: string | undefined;
  /** Undefined: the representation has none, it is by another key. */
  readonly id: unknown;
}

/** Entities of one `_entities`. */
export interface RepresentationList {
  readonly variable: string;
  /** JSON of each. */
  readonly texts: readonly string[];
  /** As the text says it. */
  readonly keyOf: (index: number) => EntityKey;
}

/** @returns The key of a representation. */
export function entityKeyOf(representation: unknown): EntityKey {
  if (!isObject(representation)) return { typename: undefined, id: undefined };
  const { __typename: typename, id } = representation;
  return { typename: typeof typename === 'string' ? typename : undefined, id };
}

/** One request of it. */
export interface Asking {
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Entities that are asked for, by variable; empty: none are. */
  readonly representations: readonly RepresentationList[];
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

/** Asks. Never rejects for what a system did. */
export type Ask = (asking: Asking) => Promise<FetchAnswer>;

/** A subgraph as the executor of a plan sees it. */
export interface FetchSource {
  /** True: it is one endpoint, where every request that is not made is saved. */
  readonly isOne?: true;
  /** What can be worked out once for all requests is. */
  prepare(question: Question): Ask;
}

/** @returns The failure at a place of the answer. */
export function errorAt(error: HubError, path: Path): FetchError {
  return { message: error.message, path, extensions: { ...error.extensions, code: error.code } };
}
