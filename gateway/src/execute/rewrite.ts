/**
 * The changes a plan asks for: of representations before they are sent, of answers before they are merged.
 * @see plan/plan-tree.ts `Rewrite`
 */
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

import type { Rewrite } from '../plan/plan-tree.ts';
import { setOwn } from './merge.ts';
import { isTarget, own, type Target } from './place.ts';

const fragment = '... on ';

/** @returns What applies all rewrites, in order; undefined when there are none. */
export function compileRewrites(rewrites: readonly Rewrite[] | undefined, schema: GraphQLSchema): ((value: unknown) => void) | undefined {
  if (rewrites === undefined || rewrites.length === 0) return undefined;
  return (value) => {
    for (const rewrite of rewrites) apply(rewrite, 0, { value, schema });
  };
}

function apply(rewrite: Rewrite, at: number, { value, schema }: { readonly value: unknown; readonly schema: GraphQLSchema }): void {
  if (Array.isArray(value)) {
    for (const element of value) apply(rewrite, at, { value: element, schema });
    return;
  }
  const step = rewrite.path[at];
  if (step === undefined || !isTarget(value)) return;
  if (at === rewrite.path.length - 1) change(rewrite, step, value);
  else if (!step.startsWith(fragment)) apply(rewrite, at + 1, { value: own(value, step), schema });
  else if (isOfType(value, step.slice(fragment.length), schema, true)) apply(rewrite, at + 1, { value, schema });
}

function change(rewrite: Rewrite, name: string, object: Target): void {
  if (rewrite.kind === 'ValueSetter') {
    setOwn(object, name, rewrite.setValueTo);
    return;
  }
  const value = own(object, name);
  if (value === undefined || value === null) return;
  setOwn(object, rewrite.renameKeyTo, value);
  setOwn(object, name, undefined);
}

/**
 * Whether an object is of a type, by its `__typename`.
 * @param unnamed - The answer for an object that names none.
 */
// oxlint-disable-next-line max-params -- one question, asked for every object
export function isOfType(object: Target, condition: string, schema: GraphQLSchema, unnamed: boolean): boolean {
  const name = own(object, '__typename');
  if (typeof name !== 'string' || name === '') return unnamed;
  if (name === condition) return true;
  const [type, wanted] = [schema.getType(name), schema.getType(condition)];
  if (type === undefined || !isAbstractType(wanted)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}
