/**
 * The coordinates that variables use: input fields by their names, enum values by theirs. Both are words of the schema, so there
 * can be no more of them than it has; every other value is passed over unread.
 */
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

/** A variable whose values may use something. */
export interface TellingVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
}

/** @returns The variables of an operation that hold input objects or enum values. */
export function tellingVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): readonly TellingVariable[] {
  return variableDefinitions.flatMap(({ variable, type }) => {
    const declared = typeFromAST(schema, type);
    return isInputType(declared) && tells(declared) ? [{ name: variable.name.value, type: declared }] : [];
  });
}

/** Adds what the values of an admitted operation's variables use. */
export function addGiven(
  variables: readonly TellingVariable[],
  values: Readonly<Record<string, unknown>>,
  used: { add(coordinate: string): unknown },
): void {
  for (const { name, type } of variables) addValue(type, values[name], used);
}

function addValue(type: GraphQLInputType, value: unknown, used: { add(coordinate: string): unknown }): void {
  if (value === undefined || value === null || !tells(type)) return;
  if (isNonNullType(type)) return addValue(type.ofType, value, used);
  if (isListType(type)) {
    return (Array.isArray(value) ? value : [value]).forEach((item: unknown) => addValue(type.ofType, item, used));
  }
  if (isInputObjectType(type) && typeof value === 'object') {
    const fields = type.getFields();
    for (const [name, inner] of Object.entries(value)) {
      const field = fields[name];
      if (field === undefined) continue;
      used.add(`${type.name}.${field.name}`);
      addValue(field.type, inner, used);
    }
  }
  if (isEnumType(type) && typeof value === 'string' && type.getValue(value) != null) used.add(`${type.name}.${value}`);
}

function tells(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isInputObjectType(named) || isEnumType(named);
}
