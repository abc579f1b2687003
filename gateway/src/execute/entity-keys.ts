/**
 * Whose each entity of a fetch is, told beside its representation's text: what routes by it need not read the text again.
 * @see design/engine.md «the group is also the route to a system»
 */
import type { GraphQLSchema } from 'graphql';

import { type EntityKey, entityKeyOf } from '../fetch/source.ts';
import type { PlanSelection } from '../plan/plan-tree.ts';
import { own, type Target } from './place.ts';
import type { Representations } from './representations.ts';
import { isOfType } from './rewrite.ts';

export interface EntityKeyOptions {
  readonly schema: GraphQLSchema;
  /** Whether representations are changed after they are read from the data; nearly no plan does. */
  readonly isRewritten: boolean;
}

/** @returns What tells the key of each representation that was made of these targets. */
export function compileEntityKeys(
  requires: readonly PlanSelection[],
  { schema, isRewritten }: EntityKeyOptions,
): (asked: Representations, targets: readonly Target[]) => (index: number) => EntityKey {
  if (isRewritten)
    return ({ texts }) =>
      (index) =>
        entityKeyOf(JSON.parse(texts[index] ?? 'null'));
  const byId = new Map<unknown, boolean>();
  return (asked, targets) => (index) => {
    const target = targets[asked.targets[index]?.[0] ?? -1];
    if (target === undefined) return entityKeyOf(undefined);
    const typename = own(target, '__typename');
    let saysId = byId.get(typename);
    // A representation has no text without a type that there is.
    if (saysId === undefined) byId.set(typename, (saysId = namesId(requires, target, schema)));
    return { typename: typeof typename === 'string' ? typename : undefined, id: saysId ? own(target, 'id') : undefined };
  };
}

function namesId(selections: readonly PlanSelection[], target: Target, schema: GraphQLSchema): boolean {
  return selections.some((selection) => {
    if (selection.kind === 'Field') return (selection.alias ?? selection.name) === 'id';
    const { typeCondition } = selection;
    return typeCondition !== undefined && isOfType(target, typeCondition, schema, false) && namesId(selection.selections, target, schema);
  });
}
