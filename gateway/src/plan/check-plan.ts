/**
 * Refuses plans that would give wrong answers and no error: those that leave out a field, ask a subgraph for entities by a key
 * by which it does not find them, or tell it one field in two ways. Better none than a wrong one.
 * @see design/engine.md «Known faults»; gateway/README.md «Where the planner is wrong»
 */
import { fieldSet, HubError, type Joins } from '@hub/schema';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, type SelectionNode, type SelectionSetNode } from 'graphql';

import type { FetchNode, PlanSelection, QueryPlan, Rewrite } from './plan-tree.ts';
import { mixedUp } from './mixed-up.ts';
import { toldInTwoWays } from './told-twice.ts';

/** A fetch and the objects it is about. */
export interface PlacedFetch {
  readonly fetch: FetchNode;
  /** Names of fields; lists make no difference. */
  readonly path: readonly string[];
  readonly operation: OperationDefinitionNode;
}

/** What a plan is to answer. */
export interface PlannedDocument {
  readonly document: DocumentNode;
  /** One of the document's. */
  readonly operation: OperationDefinitionNode;
}

/** @throws HubError CONTRACT_INVALID that says what the plan would get wrong. */
export function checkPlan(plan: QueryPlan | undefined, asked: PlannedDocument, joins: Joins): void {
  const fetches = plan === undefined ? [] : fetchesOf(plan, []);
  const left = leftOut(fetches, asked.operation);
  if (left !== undefined) {
    throw refusal(`查询计划遗漏了字段 ${left}`, `the plan of this operation leaves out ${left}`);
  }
  for (const { fetch } of fetches) {
    const lost = notFound(fetch, joins);
    if (lost === undefined) continue;
    throw refusal(
      `${fetch.serviceName} 不能以 ${lost.key} 找到 ${lost.type}（@key 为 resolvable: false），而此查询需要如此`,
      `${fetch.serviceName} does not find a ${lost.type} by ${lost.key} (its @key is resolvable: false), as this operation needs it to`,
    );
  }
  const mixed = mixedUp(fetches, asked, joins);
  if (mixed !== undefined) {
    throw refusal(
      `${mixed} 与另一类型片段中同名的字段会被混为一谈，请各取别名`,
      `${mixed} would be taken for the field of the same name in a fragment on another type; give each an alias of its own`,
    );
  }
  const twice = toldInTwoWays(fetches, joins);
  if (twice === undefined) return;
  throw refusal(
    `${twice.of} 需要 ${twice.wanted}，而同一对象的另一字段需要 ${twice.found}，一次查询不能兼得，请分两次查询`,
    `${twice.of} needs ${twice.wanted}, and another field of the same object ${twice.found}; ask for them in two operations`,
  );
}

function fetchesOf(node: QueryPlan, path: readonly string[]): readonly PlacedFetch[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((inner) => fetchesOf(inner, path));
    case 'Flatten':
      return fetchesOf(node.node, [...path, ...node.path.filter((step): step is string => typeof step === 'string' && step !== '@')]);
    case 'Defer':
      return [node.primary, ...node.deferred.map(({ plan }) => plan)].flatMap((inner) =>
        inner === undefined ? [] : fetchesOf(inner, path),
      );
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((inner) => (inner === undefined ? [] : fetchesOf(inner, path)));
    case 'Fetch':
      return [{ fetch: node, path, operation: operationIn(parse(node.operation, { noLocation: true })) }];
  }
}

function operationIn({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new TypeError('a fetch without an operation');
  return operation;
}

/** @returns A root field that is asked for on all conditions and that no fetch asks for. */
function leftOut(fetches: readonly PlacedFetch[], operation: OperationDefinitionNode): string | undefined {
  const roots = fetches.filter(({ fetch, path }) => fetch.requires === undefined && path.length === 0);
  const found = new Set(roots.flatMap(({ operation: { selectionSet } }) => keysIn(selectionSet, () => true)));
  return keysIn(operation.selectionSet, isUnconditional).find((key) => !found.has(key));
}

/** What named fragments hold is left to chance; the schema's own fields are not fetched. */
function keysIn({ selections }: SelectionSetNode, isWanted: (node: SelectionNode) => boolean): readonly string[] {
  return selections.filter(isWanted).flatMap((node): readonly string[] => {
    if (node.kind === Kind.INLINE_FRAGMENT) return keysIn(node.selectionSet, isWanted);
    if (node.kind === Kind.FRAGMENT_SPREAD || node.name.value.startsWith('__')) return [];
    return [node.alias?.value ?? node.name.value];
  });
}

function isUnconditional({ directives = [] }: SelectionNode): boolean {
  return directives.length === 0;
}

interface Lost {
  readonly type: string;
  readonly key: string;
}

/** @returns What a fetch tells of entities that its subgraph does not find by it. */
function notFound({ serviceName, requires = [], inputRewrites = [] }: FetchNode, { types, names, objects }: Joins): Lost | undefined {
  for (const told of requires) {
    if (told.kind !== 'InlineFragment' || told.typeCondition === undefined) continue;
    const type = toldType(told.typeCondition, inputRewrites, objects);
    const keys = types.filter((one) => one.type === type && names.get(one.graph) === serviceName && one.key !== undefined);
    const has = toldNames(told.selections);
    const [first] = keys;
    if (first === undefined || keys.some(({ key = '', isResolvable }) => isResolvable && isWithin(fieldSet(key), has))) continue;
    return { type, key: keys.find(({ key = '' }) => isWithin(fieldSet(key), has))?.key ?? first.key ?? '' };
  }
  return undefined;
}

/** An interface object is told as its interface, whatever it is elsewhere. */
function toldType(type: string, rewrites: readonly Rewrite[], objects: ReadonlySet<string>): string {
  for (const rewrite of rewrites) {
    const [condition = '', name] = rewrite.path;
    const about = condition.replace('... on ', '');
    if (rewrite.kind === 'ValueSetter' && name === '__typename' && (about === type || !objects.has(about)))
      return String(rewrite.setValueTo);
  }
  return type;
}

function toldNames(selections: readonly PlanSelection[], before = ''): ReadonlySet<string> {
  const names = selections.flatMap((selection): readonly string[] => {
    if (selection.kind === 'InlineFragment') return [...toldNames(selection.selections, before)];
    const path = `${before}${selection.alias ?? selection.name}`;
    return [path, ...toldNames(selection.selections ?? [], `${path}/`)];
  });
  return new Set(names);
}

// oxlint-disable-next-line max-params -- a walk
function isWithin({ selections }: SelectionSetNode, names: ReadonlySet<string>, before = ''): boolean {
  return selections.every((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return true;
    if (node.kind === Kind.INLINE_FRAGMENT) return isWithin(node.selectionSet, names, before);
    const path = `${before}${node.name.value}`;
    return names.has(path) && (node.selectionSet === undefined || isWithin(node.selectionSet, names, `${path}/`));
  });
}

function refusal(zh: string, en: string): HubError {
  return new HubError('CONTRACT_INVALID', {
    zh: `无法正确回答此查询：${zh}。请告知图的维护者。`,
    en: `This operation cannot be answered rightly: ${en}. Tell those who keep the graph.`,
  });
}
