/**
 * Selections of everything a type can tell, made from the schema.
 */
import { type GraphQLNamedType, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql';

/** @returns `{ … }` with all fields of the type; objects below `depth` tell their id or code only. */
export function selectAll(schema: GraphQLSchema, type: string, depth: number): string {
  const named = schema.getType(type);
  if (!isObjectType(named)) return '{ __typename }';
  const fields = Object.values(named.getFields()).filter(({ args }) => args.length === 0);
  const told = fields.map(({ name, type: of }) => name + selectField(schema, getNamedType(of), depth));
  return `{ __typename ${told.join(' ')} }`;
}

function selectField(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return '';
  if (type.name === 'Record') return ' { __typename id receivedAt }';
  const isRecord = isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Record');
  if (!isRecord) return ` ${selectAll(schema, type.name, depth)}`;
  return depth > 0 ? ` ${selectAll(schema, type.name, depth - 1)}` : ' { id }';
}
