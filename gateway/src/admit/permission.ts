/**
 * Whether a caller may read everything an operation touches: fields (through interfaces the strictest implementation),
 * arguments, filters and orders, written out or in variables. The refusal names each of them.
 * @see design/graph.md «Who sees what»
 */
import { HubError } from '@hub/schema';
import {
  type FieldNode,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isListType,
  isNonNullType,
  Kind,
  typeFromAST,
  type ValueNode,
} from 'graphql';

import { visibilities, type Visibility, visibilityOf } from '../plan/marks.ts';
import type { Grants } from './caller.ts';
import { namedFields } from './fields.ts';
import { onceForEach, type Operation } from './operation.ts';

type Touch = (coordinate: string, visibility: Visibility | undefined) => void;

/** Something that not everybody may read. */
interface Guarded {
  readonly coordinate: string;
  readonly visibility: Visibility;
}

/** @throws HubError FORBIDDEN, naming everything this caller may not read. */
export function checkPermission(operation: Operation, grants: Grants): void {
  const refused = new Set<string>();
  const level = visibilities.indexOf(grants);
  const touch: Touch = (coordinate, visibility) => {
    if (visibility !== undefined && visibilities.indexOf(visibility) > level) refused.add(coordinate);
  };
  for (const { coordinate, visibility } of writtenOut(operation)) touch(coordinate, visibility);
  touchVariables(operation, touch);
  if (refused.size === 0) return;
  const names = [...refused].toSorted();
  throw new HubError('FORBIDDEN', {
    zh: `当前身份无权查询：${names.join('、')}。`,
    en: `This caller may not read ${names.join(', ')}.`,
  });
}

/** What the document itself touches, whatever its variables. */
const writtenOut = onceForEach((operation): readonly Guarded[] => {
  const found: Guarded[] = [];
  const touch: Touch = (coordinate, visibility) => void (visibility === undefined || found.push({ coordinate, visibility }));
  for (const { parent, field, node } of namedFields(operation)) {
    touch(`${parent.name}.${field.name}`, fieldVisibility(operation.schema, parent, field));
    touchArguments(node, field, { parent, touch });
  }
  return found;
});

/** Through an interface a field is as hidden as its most hidden implementation: any of them may be what comes back. */
function fieldVisibility(schema: GraphQLSchema, parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): Visibility | undefined {
  if (!isInterfaceType(parent)) return visibilityOf(field);
  const implementations = schema.getPossibleTypes(parent).map((type) => type.getFields()[field.name]);
  const levels = [field, ...implementations].flatMap((own) => (own === undefined ? [] : (visibilityOf(own) ?? [])));
  return visibilities.findLast((level) => levels.includes(level));
}

interface ArgumentContext {
  readonly parent: GraphQLNamedType;
  readonly touch: Touch;
}

function touchArguments(node: FieldNode, field: GraphQLField<unknown, unknown>, { parent, touch }: ArgumentContext): void {
  for (const argument of field.args) {
    const given = node.arguments?.find(({ name }) => name.value === argument.name);
    if (given === undefined) {
      touchValue(argument.type, argument.defaultValue, touch);
      continue;
    }
    touch(`${parent.name}.${field.name}(${argument.name}:)`, visibilityOf(argument));
    touchLiteral(argument.type, given.value, touch);
  }
}

/** A value as written in the document; variables in it are walked with the variables. */
function touchLiteral(type: GraphQLInputType, value: ValueNode, touch: Touch): void {
  if (isNonNullType(type)) return touchLiteral(type.ofType, value, touch);
  if (isListType(type)) {
    const items = value.kind === Kind.LIST ? value.values : [value];
    return items.forEach((item) => touchLiteral(type.ofType, item, touch));
  }
  if (isInputObjectType(type) && value.kind === Kind.OBJECT) {
    for (const { name, value: inner } of value.fields) {
      const field = type.getFields()[name.value];
      if (field === undefined) continue;
      touch(`${type.name}.${field.name}`, visibilityOf(field));
      touchLiteral(field.type, inner, touch);
    }
  }
  if (isEnumType(type) && value.kind === Kind.ENUM) touchEnum(type.name, type.getValue(value.value), touch);
}

function touchVariables({ schema, definition, variables }: Operation, touch: Touch): void {
  for (const { variable, type } of definition.variableDefinitions ?? []) {
    const declared = typeFromAST(schema, type);
    if (isInputType(declared)) touchValue(declared, variables[variable.name.value], touch);
  }
}

/** A value after coercion. */
function touchValue(type: GraphQLInputType, value: unknown, touch: Touch): void {
  if (value === undefined || value === null) return;
  if (isNonNullType(type)) return touchValue(type.ofType, value, touch);
  if (isListType(type)) {
    return (Array.isArray(value) ? value : [value]).forEach((item: unknown) => touchValue(type.ofType, item, touch));
  }
  if (isInputObjectType(type) && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      const field = type.getFields()[name];
      if (field === undefined) continue;
      touch(`${type.name}.${name}`, visibilityOf(field));
      touchValue(field.type, inner, touch);
    }
  }
  if (isEnumType(type) && typeof value === 'string') touchEnum(type.name, type.getValue(value), touch);
}

function touchEnum(type: string, value: GraphQLEnumValue | null | undefined, touch: Touch): void {
  if (value !== null && value !== undefined) touch(`${type}.${value.name}`, visibilityOf(value));
}
