/**
 * How large an operation may be, before anything is asked: depth, aliases, root fields, and a cost that counts what a page
 * multiplies. Introspection has a bound of its own: the whole schema once passes, not many times over.
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
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

import { operatorOf } from '../plan/marks.ts';
import { onceForEach, type Operation } from './operation.ts';
import { pagesOf } from './page-size.ts';

/** Upper bounds; `maxTokens` is applied while parsing. */
export interface Limits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  /** Values an answer may be expected to have. */
  readonly maxCost: number;
  /** Values an introspection may be expected to have for each type of the schema; what tools ask for comes to about 9,000. */
  readonly maxIntrospection: number;
  /** Fragments inside fragments: the planner walks them by recursion. */
  readonly maxNesting: number;
}

export const usualLimits: Limits = {
  maxTokens: 5000,
  maxDepth: 16,
  maxAliases: 100,
  maxRootFields: 20,
  maxCost: 250_000,
  maxIntrospection: 20_000,
  maxNesting: 50,
};

/** What a list without a page size is expected to hold; types have more fields than records have relatives. */
const expectedListLength = 5;
const expectedFields = 10;

/** @throws HubError QUERY_TOO_LARGE, naming the first bound that is passed. */
export function checkLimits(operation: Operation, limits: Limits): void {
  const { variables } = operation;
  // Of variables only the sizes of pages count.
  const sizesOfPages = pagesOf(operation).map(({ field, node }) => getArgumentValues(field, node, { ...variables })['first']);
  const key = JSON.stringify([limits.maxCost, limits.maxIntrospection, sizesOfPages]);
  const known = measuresOf(operation);
  const measure = known.get(key) ?? measureSelections(operation, limits);
  if (known.size >= mostMeasures) known.clear();
  known.set(key, measure);
  const sizes = [
    { size: measure.rootFields, max: limits.maxRootFields, zh: '根字段数', en: 'root fields' },
    { size: measure.depth, max: limits.maxDepth, zh: '嵌套层数', en: 'levels' },
    { size: measure.aliases, max: limits.maxAliases, zh: '别名数', en: 'aliases' },
    { size: measure.cost, max: limits.maxCost, zh: '预计返回的数值个数', en: 'expected values' },
    { size: measure.introspection, max: limits.maxIntrospection, zh: '每个类型的内省项数', en: 'introspected values of each type' },
    { size: measure.nesting, max: limits.maxNesting, zh: '片段嵌套层数', en: 'fragments inside each other' },
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

/** Measures of one operation that are kept: pages have few sizes. */
const mostMeasures = 16;
const measuresOf = onceForEach(() => new Map<string, Measure>());

interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
  readonly rootFields: number;
  readonly introspection: number;
  readonly nesting: number;
}

const nothing: Measure = { depth: 0, aliases: 0, cost: 0, rootFields: 0, introspection: 0, nesting: 0 };
/** Roots of introspection, and the types they lead to. */
const introspectionRoots: Readonly<Record<string, string>> = { __schema: '__Schema', __type: '__Type' };

function measureSelections(operation: Operation, limits: Limits): Measure {
  const { schema, definition, fragments } = operation;
  const measured = new Map<string, Measure>();
  const most = 2 * Math.max(limits.maxCost, limits.maxIntrospection);
  const measureSet = (set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): Measure =>
    (set?.selections ?? []).reduce<Measure>((sum, node) => {
      if (node.kind === Kind.FIELD) return add(sum, measureField(node, parent));
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value;
        return add(sum, nested(measureSet(node.selectionSet, condition === undefined ? parent : schema.getType(condition))));
      }
      // Each fragment is measured once, however often fragments spread each other.
      const { value: name } = node.name;
      const fragment = fragments.get(name);
      const known = measured.get(name) ?? measureSet(fragment?.selectionSet, schema.getType(fragment?.typeCondition.name.value ?? ''));
      measured.set(name, known);
      return add(sum, nested(known));
    }, nothing);
  const measureField = (node: FieldNode, parent: GraphQLNamedType | undefined): Measure => {
    const aliases = node.alias === undefined ? 0 : 1;
    const introspected = introspectionRoots[node.name.value];
    if (introspected !== undefined) {
      const inner = measureSet(node.selectionSet, schema.getType(introspected));
      return { ...nothing, rootFields: 1, aliases: inner.aliases + aliases, introspection: inner.cost, nesting: inner.nesting };
    }
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const inner = field === undefined ? nothing : measureSet(node.selectionSet, getNamedType(field.type));
    const times = field === undefined ? 1 : multiplier(field, node, { parent, variables: operation.variables });
    return {
      ...inner,
      depth: inner.depth + 1,
      aliases: inner.aliases + aliases,
      // Capped, so that it stays a number one can compare.
      cost: Math.min(1 + inner.cost * times, most),
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
    introspection: a.introspection + b.introspection,
    nesting: Math.max(a.nesting, b.nesting),
  };
}

function nested(measure: Measure): Measure {
  return { ...measure, nesting: measure.nesting + 1 };
}

interface Multiplied {
  readonly parent: GraphQLNamedType | undefined;
  readonly variables: Operation['variables'];
}

/** A connection holds `first` rows; the lists inside it (`edges`, `nodes`) hold no more. */
function multiplier(field: GraphQLField<unknown, unknown>, node: FieldNode, { parent, variables }: Multiplied): number {
  if (operatorOf(field) === 'PAGE') {
    const { first } = getArgumentValues(field, node, { ...variables });
    return typeof first === 'number' ? first : 1;
  }
  // The bound of introspection is told for each type.
  if (parent !== undefined && isIntrospectionType(parent)) return field.name !== 'types' && isList(field.type) ? expectedFields : 1;
  if (field.name === 'edges' || field.name === 'nodes') return 1;
  return isList(field.type) ? expectedListLength : 1;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
