/**
 * Cuts a value the hub made itself (coverage, page info, groups) to what the client selected: aliases, fragments, type names.
 */
import { getNamedType, type GraphQLOutputType, type GraphQLSchema, isObjectType, type SelectionNode } from 'graphql';

import { collectFields } from '../fetch/selection.ts';
import { isObject } from '../fetch/reader.ts';

/** Cuts one value. */
export type Project = (value: unknown) => unknown;

/** @returns A projection of values of this type; absent fields become null. */
export function compileProjection(schema: GraphQLSchema, type: GraphQLOutputType, selections: readonly SelectionNode[]): Project {
  const named = getNamedType(type);
  if (!isObjectType(named)) return (value) => value ?? null;
  const fields = collectFields(schema, named, selections).map(({ key, name, field, selections: inner }) => ({
    key,
    name,
    project: field === undefined ? () => named.name : compileProjection(schema, field.type, inner),
  }));
  const projectOne = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(projectOne);
    if (!isObject(value)) return null;
    return Object.fromEntries(fields.map(({ key, name, project }) => [key, project(value[name])]));
  };
  return projectOne;
}
