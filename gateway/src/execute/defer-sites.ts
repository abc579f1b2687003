/**
 * Where in an answer a deferred fragment stands: at each object along its way that the answer has.
 * @see defer-document.ts
 */
import { type GraphQLCompositeType, type GraphQLSchema, isCompositeType } from 'graphql';

import type { FetchError, Path } from '../fetch/source.ts';
import { applies } from './collect.ts';
import type { DeferStep } from './defer-document.ts';
import { isTarget, own, type Target } from './place.ts';

/** An object of an answer. */
export interface Site {
  readonly path: Path;
  /** By the schema; an object may say more of itself. */
  readonly type: GraphQLCompositeType;
  /** As subgraphs gave it. */
  readonly data: Target;
  /** As the client has it. */
  readonly answered: Target;
}

export interface Naming {
  readonly schema: GraphQLSchema;
  /** Names in the data of response keys that stand under another there. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/** @returns The objects at the end of the steps, in the order of the answer; none below a null. */
export function sitesAt(from: readonly Site[], steps: readonly DeferStep[], { schema, keys }: Naming): readonly Site[] {
  return steps.reduce<readonly Site[]>(
    (sites, step) =>
      'on' in step
        ? sites.filter((site) => applies(schema, typeAt(site, schema), step.on))
        : sites.flatMap((site) =>
            below(site, own(site.data, keys?.get(step.key) ?? step.key), { step, answer: own(site.answered, step.key) }),
          ),
    from,
  );
}

/** @returns The type of the object itself where it names one, as projections have it. */
export function typeAt({ data, type }: Site, schema: GraphQLSchema): GraphQLCompositeType {
  const name = own(data, '__typename');
  const named = typeof name === 'string' ? schema.getType(name) : undefined;
  return isCompositeType(named) ? named : type;
}

interface Below {
  readonly step: Extract<DeferStep, { readonly key: string }>;
  readonly answer: unknown;
}

function below({ path }: Site, value: unknown, { step, answer }: Below): readonly Site[] {
  const found: Site[] = [];
  const walk = (data: unknown, answered: unknown, at: Path): void => {
    if (Array.isArray(data) && Array.isArray(answered))
      for (const [index, one] of data.entries()) walk(one, answered[index], [...at, index]);
    else if (isTarget(data) && isTarget(answered)) found.push({ path: at, type: step.type, data, answered });
  };
  walk(value, answer, [...path, step.key]);
  return found;
}

/** @returns The object that stands at a path, in data that may be a copy. */
export function targetAt(data: Target, path: Path, keys: Naming['keys']): Target | undefined {
  let value: unknown = data;
  for (const step of path) {
    const name = String(step);
    value = isTarget(value) ? own(value, keys?.get(name) ?? name) : Array.isArray(value) ? value[Number(step)] : undefined;
  }
  return isTarget(value) ? value : undefined;
}

/** An object and its place. */
interface Place {
  readonly path: Path;
  readonly answered: Target | null;
}

/** @returns Whether what failed is of this object's answer: it has the place, or a null above it. */
export function isAnswered({ path = [] }: FetchError, { path: from, answered }: Place): boolean {
  if (!from.every((step, index) => path[index] === step)) return false;
  let value: unknown = answered;
  for (const step of path.slice(from.length)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isTarget(value)) value = own(value, String(step));
    else break;
  }
  return value !== undefined;
}
