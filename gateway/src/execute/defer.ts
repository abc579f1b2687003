/**
 * Runs an operation with `@defer` in parts: what is not put off first; then, all at once, what each fragment put off, on data of
 * its own, so that no part can change what another answers.
 * @see gateway/README.md «@defer»
 */
import { HubError } from '@hub/schema';
import { getVariableValues, type GraphQLCompositeType, type SelectionSetNode } from 'graphql';
import { LRUCache } from 'lru-cache';

import type { Call } from '../admit/call.ts';
import type { Path } from '../fetch/source.ts';
import type { Reading } from './collect.ts';
import { type DeferredFragment, operationParts } from './defer-document.ts';
import { begin, deliver, type Delivery, type Part, type Running } from './defer-turns.ts';
import { type Executed, fragmentsOf, type OperationSource, type Projection, projectionOf, tellsSchemaByVariables } from './operation.ts';
import type { PlannedPart, Planning } from './plan-operation.ts';
import { compileShownPath } from './shown-path.ts';

/** The first part, and the others as they come. */
export interface InParts extends Delivery {
  readonly first: Executed;
  /** Whether anything follows. */
  readonly hasNext: boolean;
}

/** @returns undefined: it is to be run at once, for nothing is put off, or nothing can be. */
export type RunInParts = (variables: Readonly<Record<string, unknown>>, call: Call) => Promise<InParts | undefined>;

export interface InPartsOptions extends Pick<OperationSource, 'apiSchema' | 'document' | 'operation'> {
  readonly plan: Planning['inParts'];
  /** Told of characters that are kept for each way the conditions fall. */
  readonly grow: (characters: number) => void;
}

interface Compiled extends Pick<Running, 'keys' | 'shownPath'> {
  readonly part: Part;
}

/** Ways in which the conditions of one operation fall that are kept compiled. */
const maxWays = 64;

/** @returns What runs one query in parts. */
export function openInParts(options: InPartsOptions): RunInParts {
  const { apiSchema, document, operation } = options;
  const isOfVariables = tellsSchemaByVariables(document, operation);
  const ways = new LRUCache<string, { readonly made: Promise<Compiled | undefined> }>({ max: maxWays });
  return async (variables, call) => {
    const root = apiSchema.getQueryType();
    if (!root || isOfVariables) return undefined;
    const { coerced: conditions } = getVariableValues(apiSchema, operation.variableDefinitions ?? [], { ...variables });
    if (conditions === undefined) return undefined;
    const way = JSON.stringify(Object.entries(conditions).filter(([, value]) => typeof value === 'boolean'));
    const known = ways.get(way) ?? { made: compile(options, conditions) };
    ways.set(way, known);
    const made = await known.made.catch((cause: unknown) => {
      // What cannot be planned in parts can be at once, or is refused there; what too much waits before is tried again.
      if (cause instanceof HubError && cause.code === 'DEADLINE_EXCEEDED') ways.delete(way);
      return undefined;
    });
    if (made === undefined) return undefined;
    const { part, keys, shownPath } = made;
    return run(part, { schema: apiSchema, root, keys, shownPath, operation: { variables, conditions, call } });
  };
}

async function run(part: Part, running: Running): Promise<InParts> {
  const { first, turns } = await begin(part, running);
  return { first, hasNext: turns.length > 0, ...deliver(turns, running) };
}

async function compile(options: InPartsOptions, conditions: Reading['conditions']): Promise<Compiled | undefined> {
  const { apiSchema, document, operation, plan, grow } = options;
  const fragments = fragmentsOf(document);
  const reading = { schema: apiSchema, fragments, conditions };
  const parts = operationParts(operation, reading);
  if (parts === undefined) return undefined;
  // What the answer is made by is as long as what was asked.
  grow(document.loc?.end ?? 0);
  const { planned, set, deferred } = parts;
  const { part, keys } = planned === undefined ? { part: nothing, keys: undefined } : await plan(planned, operation.name?.value, grow);
  // Parts come too seldom for code of their own.
  const source = { apiSchema, document, keys, runsBeforeCode: Infinity, onMore: () => {} };
  const project = (inner: SelectionSetNode, type: GraphQLCompositeType): Projection =>
    projectionOf({ ...source, operation: { ...operation, selectionSet: inner } }, conditions, type);
  const shownPath = compileShownPath({ operation, fragments, keys });
  // Whether a part's answer has the place is judged for each object.
  const inAnyPart = (path: Path): Path => shownPath(path, { conditions, answer: null });
  return { keys, shownPath: inAnyPart, part: partOf({ set, nested: deferred }, part, project) };
}

const nothing: PlannedPart = { fetch: undefined, later: new Map() };

// oxlint-disable-next-line max-params -- one part from its halves
function partOf(
  { set, nested }: Pick<DeferredFragment, 'set' | 'nested'>,
  { fetch, later }: PlannedPart,
  project: (set: SelectionSetNode, type: GraphQLCompositeType) => Projection,
): Part {
  const projections = new Map<GraphQLCompositeType, Projection>();
  return {
    fetch,
    projection(type) {
      const known = projections.get(type) ?? project(set, type);
      projections.set(type, known);
      return known;
    },
    nested: nested.map((inner) => ({
      label: inner.label,
      steps: inner.steps,
      ...partOf(inner, later.get(inner.id) ?? nothing, project),
    })),
  };
}
