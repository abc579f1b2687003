/**
 * How large an operation may be, before anything is asked: depth, aliases, root fields, and a cost that counts what a page
 * multiplies. Introspection is bounded by its tokens only.
 * @see design/architecture.md «The way of a query»
 */
import { HubError } from '@hub/schema';
import {
  type FieldNode,
  getArgumentValues,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

import { operatorOf } from '../plan/marks.ts';
import type { Operation } from './operation.ts';

/** Upper bounds; `maxTokens` is applied while parsing. */
export interface Limits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  /** Values an answer may be expected to have. */
  readonly maxCost: number;
}

export const usualLimits: Limits = { maxTokens: 5000, maxDepth: 16, maxAliases: 100, maxRootFields: 20, maxCost: 250_000 };

/** What a list without a page size is expected to hold. */
const expectedListLength = 5;

/** @throws HubError QUERY_TOO_LARGE, naming the first bound that is passed. */
export function checkLimits(operation: Operation, limits: Limits): void {
  const measure = measureSelections(operation, limits);
  const sizes = [
    { size: measure.rootFields, max: limits.maxRootFields, zh: '根字段数', en: 'root fields' },
    { size: measure.depth, max: limits.maxDepth, zh: '嵌套层数', en: 'levels' },
    { size: measure.aliases, max: limits.maxAliases, zh: '别名数', en: 'aliases' },
    { size: measure.cost, max: limits.maxCost, zh: '预计返回的数值个数', en: 'expected values' },
  ];
  for (const { size, max, zh, en } of sizes) {
    if (size > max) {
      throw new HubError('QUERY_TOO_LARGE', {
        zh: `查询过大：${zh}超过 ${max}。请拆分查询、减少嵌套或缩小每页条数。`,
        en: `The query is too large: more than ${max} ${en}. Split it, nest less or ask for smaller pages.`,
      });
    }
  }
}

interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
  readonly rootFields: number;
}

const nothing: Measure = { depth: 0, aliases: 0, cost: 0, rootFields: 0 };

function measureSelections(operation: Operation, limits: Limits): Measure {
  const { schema, definition, fragments } = operation;
  const measured = new Map<string, Measure>();
  const measureSet = (set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): Measure =>
    (set?.selections ?? []).reduce<Measure>((sum, node) => {
      if (node.kind === Kind.FIELD) return add(sum, measureField(node, parent));
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value;
        return add(sum, measureSet(node.selectionSet, condition === undefined ? parent : schema.getType(condition)));
      }
      // Each fragment is measured once, however often fragments spread each other.
      const { value: name } = node.name;
      const fragment = fragments.get(name);
      const known = measured.get(name) ?? measureSet(fragment?.selectionSet, schema.getType(fragment?.typeCondition.name.value ?? ''));
      measured.set(name, known);
      return add(sum, known);
    }, nothing);
  const measureField = (node: FieldNode, parent: GraphQLNamedType | undefined): Measure => {
    if (node.name.value.startsWith('__')) return { ...nothing, rootFields: 1 };
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const inner = field === undefined ? nothing : measureSet(node.selectionSet, getNamedType(field.type));
    const times = field === undefined ? 1 : multiplier(field, node, operation.variables);
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (node.alias === undefined ? 0 : 1),
      // Capped, so that it stays a number one can compare.
      cost: Math.min(1 + inner.cost * times, limits.maxCost * 2),
      rootFields: 1,
    };
  };
  return measureSet(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined);
}

function add(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    cost: a.cost + b.cost,
    rootFields: a.rootFields + b.rootFields,
  };
}

/** A connection holds `first` rows; the lists inside it (`edges`, `nodes`) hold no more. */
function multiplier(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Operation['variables']): number {
  if (operatorOf(field) === 'PAGE') {
    const { first } = getArgumentValues(field, node, { ...variables });
    return typeof first === 'number' ? first : 1;
  }
  if (field.name === 'edges' || field.name === 'nodes') return 1;
  return isList(field.type) ? expectedListLength : 1;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
