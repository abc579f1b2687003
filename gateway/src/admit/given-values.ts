/**
 * Every value an operation gives to an argument, in the query or in a variable, down to lists, their items and single values.
 */
import { getArgumentValues, type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from 'graphql';

import { type NamedField, namedFields } from './fields.ts';
import { onceForEach, type Operation } from './operation.ts';

/** A value that is no input object, coerced to its type as far as GraphQL's own types go; never null. */
export interface GivenValue {
  readonly field: NamedField['field'];
  /** Name of the argument, and the fields and places inside it: `filter`, `code`, `in`, 3. */
  readonly path: readonly (string | number)[];
  readonly type: GraphQLInputType;
  readonly value: unknown;
}

/** @returns The values in the order of the types; a list before its items. */
export function* givenValues(operation: Operation): Generator<GivenValue> {
  for (const { field, node } of takingArguments(operation)) {
    const values = getArgumentValues(field, node, { ...operation.variables });
    for (const { name, type } of field.args) yield* within({ field, path: [name], type, value: values[name] });
  }
}

const takingArguments = onceForEach((operation) => namedFields(operation).filter(({ field }) => field.args.length > 0));

function* within(given: GivenValue): Generator<GivenValue> {
  const { field, path, type, value } = given;
  if (value === null || value === undefined) return;
  if (isNonNullType(type)) {
    yield* within({ ...given, type: type.ofType });
  } else if (isInputObjectType(type)) {
    const inner = new Map<string, unknown>(typeof value === 'object' ? Object.entries(value) : []);
    for (const { name, type: of } of Object.values(type.getFields())) {
      yield* within({ field, path: [...path, name], type: of, value: inner.get(name) });
    }
  } else {
    yield given;
    if (!isListType(type) || !Array.isArray(value)) return;
    for (const [place, item] of value.entries()) yield* within({ field, path: [...path, place], type: type.ofType, value: item });
  }
}
