/**
 * Holds an answer against the contract's types: nulls, lists, objects, enums, scalars.
 * @see schema/PROTOCOL.md 2
 */
import { hasScalarForm } from './scalar-form.ts';
import { type GraphQLObjectType, type GraphQLOutputType, isEnumType, isListType, isNonNullType, isObjectType, isScalarType } from 'graphql';

import { isObject } from '../ask/json-value.ts';

/** @returns What does not fit, by place; keys that were not asked for are not looked at. */
export function typeFaults(type: GraphQLObjectType, value: Readonly<Record<string, unknown>>, place: string): readonly string[] {
  const fields = type.getFields();
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields[name];
    if (name === '__typename') return inner === type.name ? [] : [`${place}.__typename: ${JSON.stringify(inner)}`];
    return field === undefined ? [`${place}.${name}?`] : valueFaults(field.type, inner, `${place}.${name}`);
  });
}

function valueFaults(type: GraphQLOutputType, value: unknown, place: string): readonly string[] {
  if (isNonNullType(type)) return value === null || value === undefined ? [`${place}: null`] : valueFaults(type.ofType, value, place);
  if (value === null) return [];
  if (isListType(type)) {
    if (!Array.isArray(value)) return [`${place}: 不是列表 no list`];
    return value.flatMap((item: unknown, index) => valueFaults(type.ofType, item, `${place}[${index}]`));
  }
  if (isObjectType(type)) return isObject(value) ? typeFaults(type, value, place) : [`${place}: 不是对象 no object`];
  if (isEnumType(type))
    return typeof value === 'string' && type.getValue(value) !== undefined ? [] : [`${place}: ${JSON.stringify(value)}`];
  if (!isScalarType(type)) return [];
  return hasScalarForm(type.name, value) ? [] : [`${place}: ${typeof value}`];
}
