/**
 * What a subgraph is told of each entity: the fields it requires, read from the data; equal ones once.
 * @see design/engine.md «representation program»
 */
import type { GraphQLSchema } from 'graphql';

import type { PlanSelection } from '../plan/plan-tree.ts';
import { mergeInto, setOwn } from './merge.ts';
import { isTarget, own, type Target } from './place.ts';
import { isOfType } from './rewrite.ts';

/** Distinct representations, and the targets each of them stands for. */
export interface Representations {
  readonly list: readonly Target[];
  /** For each representation, indexes of its targets, ascending. */
  readonly targets: readonly (readonly number[])[];
}

export interface RepresentationOptions {
  readonly schema: GraphQLSchema;
  readonly rewrite: ((value: unknown) => void) | undefined;
}

/** @returns What reads the representations of a fetch out of its targets. */
export function compileRepresentations(
  requires: readonly PlanSelection[],
  { schema, rewrite }: RepresentationOptions,
): (targets: readonly Target[]) => Representations {
  return (targets) => {
    const list: Target[] = [];
    const indexes: number[][] = [];
    const known = new Map<string, number[]>();
    for (const [index, target] of targets.entries()) {
      const representation = required(target, requires, schema);
      if (!isTarget(representation) || typeof own(representation, '__typename') !== 'string') continue;
      rewrite?.(representation);
      const text = JSON.stringify(representation);
      const same = known.get(text);
      if (same !== undefined) {
        same.push(index);
        continue;
      }
      const first = [index];
      known.set(text, first);
      list.push(representation);
      indexes.push(first);
    }
    return { list, targets: indexes };
  };
}

/** Null where the data lacks something that is required. */
function required(value: unknown, selections: readonly PlanSelection[], schema: GraphQLSchema): unknown {
  if (Array.isArray(value)) return value.map((element) => required(element, selections, schema));
  if (!isTarget(value)) return null;
  const result: Target = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      if (typeCondition === undefined || !isOfType(value, typeCondition, schema, false)) continue;
      const more = required(value, selection.selections, schema);
      if (isTarget(more)) mergeInto(result, more);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const found = own(value, name);
    if (found === undefined) return null;
    setOwn(result, name, selection.selections === undefined ? found : required(found, selection.selections, schema));
  }
  return result;
}
