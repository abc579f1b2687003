/**
 * Which JSON values a leaf of the answer may have. Custom scalars are their subgraph's own.
 * @see GraphQL, October 2021, 3.5 «Scalars» and 3.9 «Enums»
 */
import { type GraphQLLeafType, isEnumType } from 'graphql';

const mostInt = 2_147_483_647;
const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= mostInt + (Number(value) < 0 ? 1 : 0),
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
};

/** @returns Whether a value that is not null is one of the type's; values that clients may not see are none. */
export function leafCheck(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return scalars[type.name] ?? (() => true);
}
