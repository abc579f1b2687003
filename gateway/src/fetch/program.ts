/**
 * What every operator's program has in common: what it is compiled from, what it runs with, what comes out.
 * @see design/engine.md «Compile once per operation»
 */
import type { GraphQLField, GraphQLSchema, VariableDefinitionNode } from 'graphql';
import { getArgumentValues } from 'graphql';

import type { Call } from '../admit/call.ts';
import type { GatewayEvent } from '../events.ts';
import type { CursorSeal } from '../merge/cursor.ts';
import type { Collected } from './selection.ts';
import type { FetchError, RepresentationList } from './source.ts';
import type { Systems } from './systems.ts';

/** What programs of one contract that systems answer work with. */
export interface Workshop {
  readonly schema: GraphQLSchema;
  /** Name of the contract, e.g. `board`. */
  readonly contract: string;
  /** One system holds it all: a shared register. */
  readonly sole: boolean;
  readonly systems: Systems;
  readonly seal: CursorSeal;
  /** Time for each system, ms. */
  readonly deadlineMs: number;
  readonly maxGroups: number;
  readonly report: (event: GatewayEvent) => void;
}

/** A root field of a fetch, ready to be compiled. */
export interface RootField extends Workshop {
  readonly collected: Collected;
  readonly field: GraphQLField<unknown, unknown>;
  /** Variables the fetch declares. */
  readonly variables: readonly VariableDefinitionNode[];
}

/** One request of a compiled field. */
export interface Run {
  /** Coerced, defaults filled in. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Entities that are asked for, where they are. */
  readonly representations: readonly RepresentationList[];
  readonly call: Call;
}

export interface FieldAnswer {
  readonly value: unknown;
  readonly errors: readonly FetchError[];
}

/** A compiled root field. @throws HubError when the whole field fails. */
export type FieldProgram = (run: Run) => Promise<FieldAnswer>;

/** @returns The root field's arguments, coerced. */
export function argumentsOf({ field, collected }: RootField, { variables }: Run): Readonly<Record<string, unknown>> {
  return getArgumentValues(field, collected.node, { ...variables });
}

/** A filter cut in two: the systems it names, for the hub, and the rest, for the systems. */
export function splitFilter(filter: unknown): { readonly systems: readonly string[] | null; readonly rest: unknown } {
  if (typeof filter !== 'object' || filter === null || !('systems' in filter)) return { systems: null, rest: filter ?? null };
  const { systems, ...rest } = filter;
  return { systems: Array.isArray(systems) ? systems.map(String) : null, rest };
}
