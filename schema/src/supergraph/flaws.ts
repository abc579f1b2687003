/**
 * What composes and still cannot always be answered: fields that a subgraph computes of entities it does not find, and fields
 * that two others require in two ways. Their authors are told before publication, operators when a gateway takes such a supergraph.
 * @see gateway/README.md «Where the planner is wrong»
 */
import { Kind, print, type SelectionSetNode } from 'graphql';

import { fieldSet, type JoinedType, type Joins } from './joins.ts';

/** Something that some operations will be refused for. */
export interface Flaw {
  /** `Type.field`, or the type. */
  readonly element: string;
  /** What is wrong, and what to do; Chinese. */
  readonly zh: string;
  readonly en: string;
}

/** @returns All flaws; none for nearly every supergraph. */
export function flawsOf(joins: Joins): readonly Flaw[] {
  return [...unreturned(joins), ...unnamed(joins), ...requiredTwice(joins)];
}

/** A field that requires others is asked of an entity that its subgraph must find by a key. */
function unreturned({ types, fields, names }: Joins): readonly Flaw[] {
  return fields
    .filter(({ type, graph, requires }) => requires !== undefined && isLost(keysOf(types, type, graph)))
    .map(({ type, field, graph = '' }) => {
      const [element, name] = [`${type}.${field}`, names.get(graph) ?? graph];
      return {
        element,
        zh: `子图 ${name} 的 ${element} 依赖其他子图的字段（@requires），但 ${name} 中 ${type} 的 @key 全部为 resolvable: false，无法带着这些字段回到该子图。请至少让一个 @key 可解析。`,
        en: `${element} of subgraph ${name} requires fields of others, but every @key of ${type} in ${name} is resolvable: false, so that they cannot be brought there. Make one @key resolvable.`,
      };
    });
}

/** A subgraph that does not know what implements an interface is asked for its fields once more when another has told. */
function unnamed({ types, fields, names }: Joins): readonly Flaw[] {
  return types
    .filter(({ type, graph, isInterfaceObject }, index) => {
      const isFirst = types.findIndex((one) => one.type === type && one.graph === graph) === index;
      return isInterfaceObject && isFirst && isLost(keysOf(types, type, graph));
    })
    .flatMap(({ type, graph }) => {
      const name = names.get(graph) ?? graph;
      return fields
        .filter((field) => field.type === type && field.graph === graph && !field.isExternal && field.requires === undefined)
        .map(({ field }) => ({
          element: `${type}.${field}`,
          zh: `${type} 在子图 ${name} 中是 @interfaceObject，其 @key 全部为 resolvable: false：对具体类型查询 ${type}.${field}（... on 类型 { ${field} }）无法回到 ${name} 取值。请让其 @key 可解析。`,
          en: `${type} is an @interfaceObject of subgraph ${name} whose every @key is resolvable: false: ${type}.${field} cannot be read there for one of its types (... on Type { ${field} }). Make its @key resolvable.`,
        }));
    });
}

/** The representation of an entity has each field once. */
function requiredTwice({ fields }: Joins): readonly Flaw[] {
  const ways = new Map<string, { readonly written: string; readonly by: string }>();
  return fields.flatMap(({ type, field, requires }) => {
    const element = `${type}.${field}`;
    return (requires === undefined ? [] : requiredIn(fieldSet(requires))).flatMap(({ path, written }) => {
      const place = `${type}.${path}`;
      const known = ways.get(place);
      if (known === undefined) ways.set(place, { written, by: element });
      if (known === undefined || known.written === written) return [];
      return {
        element,
        zh: `${element} 依赖 ${written}，而 ${known.by} 依赖 ${known.written}：同一对象的这两个字段不能在一次查询中同时取得。请让两者使用相同的参数，或分别依赖不同的字段。`,
        en: `${element} requires ${written}, and ${known.by} requires ${known.written}: one operation cannot have both of one object. Let them require it with the same arguments, or require different fields.`,
      };
    });
  });
}

interface RequiredField {
  readonly path: string;
  /** With its arguments. */
  readonly written: string;
}

function requiredIn({ selections }: SelectionSetNode, before = ''): readonly RequiredField[] {
  return selections.flatMap((node): readonly RequiredField[] => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    if (node.kind === Kind.INLINE_FRAGMENT) return requiredIn(node.selectionSet, before);
    const path = `${before}${node.name.value}`;
    const given = (node.arguments ?? []).map((argument) => print(argument)).toSorted();
    const written = given.length === 0 ? node.name.value : `${node.name.value}(${given.join(', ')})`;
    return [{ path, written }, ...(node.selectionSet === undefined ? [] : requiredIn(node.selectionSet, `${path}.`))];
  });
}

function keysOf(types: readonly JoinedType[], type: string, graph: string | undefined): readonly JoinedType[] {
  return types.filter((one) => one.type === type && one.graph === graph && one.key !== undefined);
}

function isLost(keys: readonly JoinedType[]): boolean {
  return !keys.some(({ isResolvable }) => isResolvable);
}
