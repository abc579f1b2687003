/**
 * A plan as fetches and what each of them waits for: for what made the objects it is about and the fields it requires, and for
 * nothing else that happens to stand before it.
 * @see design/engine.md «a fetch starts when its inputs are there, not when a level is done»
 */
import { type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql';

import type { FetchNode, PlanNode, PlanSelection } from '../plan/plan-tree.ts';
import type { PlanPath } from './place.ts';

/** A variable that decides whether a fetch is made. */
export interface Decision {
  readonly variable: string;
  readonly wanted: boolean;
}

/** One fetch of a plan. */
export interface Task {
  readonly fetch: FetchNode;
  readonly path: PlanPath;
  readonly decisions: readonly Decision[];
  /** Tasks, by their places in the list, that must be over; all of them stand before it. */
  readonly after: readonly number[];
}

/** @returns The fetches of a plan, each after those it waits for. */
export function scheduleOf(plan: PlanNode): readonly Task[] {
  const tasks: Task[] = [];
  const outputs: Outputs[] = [];
  walk(plan, { path: [], decisions: [], before: [] });
  return tasks;

  /** @returns Places of the tasks inside. */
  function walk(node: PlanNode, at: Place): readonly number[] {
    switch (node.kind) {
      case 'Sequence':
        return node.nodes.reduce<readonly number[]>(
          (inside, inner) => [...inside, ...walk(inner, { ...at, before: [...at.before, ...inside] })],
          [],
        );
      case 'Parallel':
        return node.nodes.flatMap((inner) => walk(inner, at));
      case 'Flatten':
        return walk(node.node, { ...at, path: [...at.path, ...node.path] });
      case 'Condition': {
        const way = (inner: PlanNode | undefined, wanted: boolean): readonly number[] =>
          inner === undefined ? [] : walk(inner, { ...at, decisions: [...at.decisions, { variable: node.condition, wanted }] });
        return [...way(node.ifClause, true), ...way(node.elseClause, false)];
      }
      case 'Fetch':
        return [add(node, at)];
    }
  }
  function add(fetch: FetchNode, { path, decisions, before }: Place): number {
    const needs = needsOf(fetch, path);
    // Mutations keep their order, whatever they need.
    const isStrict = fetch.operationKind === 'mutation' || before.some((place) => tasks[place]?.fetch.operationKind === 'mutation');
    const after = before.filter((place) => isStrict || gives(outputs[place], needs));
    outputs.push(outputsOf(fetch, path));
    return tasks.push({ fetch, path, decisions, after }) - 1;
  }
}

interface Place {
  readonly path: PlanPath;
  readonly decisions: readonly Decision[];
  readonly before: readonly number[];
}

/** Places in the data, written `users/reviews`: lists and types make no difference. Undefined: it may be any. */
type Outputs = ReadonlySet<string> | undefined;

function gives(outputs: Outputs, needs: ReadonlySet<string>): boolean {
  if (outputs === undefined) return needs.size > 0;
  for (const need of needs) if (outputs.has(need)) return true;
  return false;
}

function needsOf({ requires = [] }: FetchNode, path: PlanPath): ReadonlySet<string> {
  const steps = fieldsOf(path);
  const needs = new Set(steps.map((_, index) => steps.slice(0, index + 1).join('/')));
  const walk = (selections: readonly PlanSelection[], at: readonly string[]): void => {
    for (const selection of selections) {
      const inside = selection.kind === 'Field' ? [...at, selection.alias ?? selection.name] : at;
      if (selection.kind === 'Field') needs.add(inside.join('/'));
      walk(selection.selections ?? [], inside);
    }
  };
  walk(requires, steps);
  return needs;
}

function outputsOf({ operation, requires, outputRewrites = [] }: FetchNode, path: PlanPath): Outputs {
  // What is renamed on the way in stands elsewhere than its question says.
  if (outputRewrites.length > 0) return undefined;
  const { definitions } = parse(operation, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((node): readonly (readonly [string, FragmentDefinitionNode])[] =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const found = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, at: readonly string[]): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const inside = [...at, node.alias?.value ?? node.name.value];
        found.add(inside.join('/'));
        if (node.selectionSet !== undefined) walk(node.selectionSet, inside);
        continue;
      }
      const set = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)?.selectionSet;
      if (set !== undefined) walk(set, at);
    }
  };
  const steps = fieldsOf(path);
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    if (requires === undefined) walk(node.selectionSet, steps);
    // `_entities` is not a place in the data.
    else
      for (const root of node.selectionSet.selections)
        if ('selectionSet' in root && root.selectionSet !== undefined) walk(root.selectionSet, steps);
  }
  return found;
}

function fieldsOf(path: PlanPath): readonly string[] {
  return path.filter((step): step is string => typeof step === 'string' && step !== '@');
}
