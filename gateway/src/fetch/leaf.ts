/**
 * What a leaf may look like in a system's answer. The hub's own scalars are texts of a known form; anything else is refused
 * before it reaches a client.
 * @see design/graph.md «Types»
 */
import { isDecimal } from '@hub/schema';
import { type GraphQLLeafType, isEnumType } from 'graphql';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const maxInt = 2 ** 31;

const scalars: Readonly<Record<string, Check>> = {
  ID: isText,
  String: isText,
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && Number.isInteger(value) && value >= -maxInt && value < maxInt,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  DateTime: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\+08:00$/.test(value),
  Date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  Decimal: (value) => typeof value === 'string' && isDecimal(value),
};

/** @returns A check of non-null values of this type; scalars unknown here are texts by the protocol. */
export function leafCheck(type: GraphQLLeafType): Check {
  if (!isEnumType(type)) return scalars[type.name] ?? isText;
  const values: ReadonlySet<unknown> = new Set(type.getValues().map(({ name }) => name));
  return (value) => values.has(value);
}
