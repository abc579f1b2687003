/**
 * Entities that one endpoint is asked for at the same time, in one request: each distinct question once, whoever asks it.
 * @see design/engine.md «parallel entity fetches to one subgraph become one request»
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type NamedTypeNode,
  type NameNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

import type { FetchNode } from '../plan/plan-tree.ts';
import type { PlanPath } from './place.ts';
import type { Task } from './schedule.ts';

/** Entities that are asked for by one selection. */
export interface Slot {
  /** Response key of its `_entities`. */
  readonly alias: string;
  /** Variable of its representations. */
  readonly variable: string;
  /** For what it requires and rewrites: the same for all places. */
  readonly fetch: FetchNode;
  /** Where in the data its objects are. */
  readonly paths: readonly PlanPath[];
}

/** One request for entities. */
export interface EntityQuestion {
  readonly serviceName: string;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variableUsages: readonly string[];
  readonly slots: readonly Slot[];
}

/** Tasks of one request. */
export interface Batch {
  readonly tasks: readonly Task[];
  /** Batches, by their places in the list, that must be over; all of them stand before it. */
  readonly after: readonly number[];
}

/**
 * @param isOne - Whether a subgraph is one endpoint: only there are requests saved.
 * @returns The tasks, each once: those for entities of one endpoint together that may be asked for at the same time.
 */
export function batchesOf(tasks: readonly Task[], isOne: (serviceName: string) => boolean): readonly Batch[] {
  const levels: number[] = [];
  for (const { after } of tasks) levels.push(1 + Math.max(0, ...after.map((place) => levels[place] ?? 0)));
  const groups = new Map<string, Group>();
  for (const [place, task] of tasks.entries()) {
    const level = levels[place] ?? 0;
    const { fetch, decisions } = task;
    const isJoined = fetch.requires !== undefined && isOne(fetch.serviceName);
    const kind = isJoined ? JSON.stringify([fetch.serviceName, decisions]) : String(place);
    const name = `${level} ${kind}`;
    const known = groups.get(name);
    if (known === undefined) groups.set(name, { kind, level, places: [place] });
    else known.places.push(place);
  }
  // What a batch waits for is of a lower level.
  const ordered = putOff(
    [...groups.values()].toSorted((one, other) => one.level - other.level),
    tasks,
  );
  const batchOf = new Map(ordered.flatMap(({ places }, index) => places.map((place) => [place, index] as const)));
  return ordered.map(({ places }) => {
    const joined = places.flatMap((place) => tasks[place] ?? []);
    const after = new Set(joined.flatMap((task) => task.after.map((place) => batchOf.get(place) ?? 0)));
    return { tasks: joined, after: [...after] };
  });
}

/** Tasks that go in one request. */
interface Group {
  /** The same for all that may go together. */
  readonly kind: string;
  readonly level: number;
  readonly places: number[];
}

/** What no fetch waits for goes along with a later request to the same endpoint: the operation is over no later for it. */
function putOff(ordered: readonly Group[], tasks: readonly Task[]): readonly Group[] {
  const awaited = new Set(tasks.flatMap(({ after }) => after));
  return ordered.filter((group, index) => {
    if (group.places.some((place) => awaited.has(place))) return true;
    const later = ordered.slice(index + 1).find(({ kind, level }) => kind === group.kind && level > group.level);
    later?.places.push(...group.places);
    return later === undefined;
  });
}

/** @returns The question of fetches for entities that are asked together; of one alone, as the plan has it. */
export function entityQuestion(tasks: readonly Task[]): EntityQuestion {
  const [first] = tasks;
  if (first === undefined) throw new TypeError('a question of nothing');
  const { serviceName, operation, operationName, variableUsages = [] } = first.fetch;
  if (tasks.length === 1) {
    const slot = { alias: '_entities', variable: 'representations', fetch: first.fetch, paths: [first.path] };
    return { serviceName, query: operation, operationName, variableUsages, slots: [slot] };
  }
  const slots: (Slot & { readonly paths: PlanPath[] })[] = [];
  const same = new Map<string, PlanPath[]>();
  const roots: FieldNode[] = [];
  const named: FragmentDefinitionNode[] = [];
  const prefix = freePrefix(tasks);
  const definitions = new Map<string, VariableDefinitionNode>();
  for (const { fetch, path } of tasks) {
    const { requires, inputRewrites, outputRewrites } = fetch;
    const { root, fragments, variables } = entitiesIn(fetch.operation);
    const name = JSON.stringify([print(root), fragments.map(print), requires, inputRewrites, outputRewrites]);
    const known = same.get(name);
    if (known !== undefined) {
      known.push(path);
      continue;
    }
    const index = slots.length;
    const slot = { alias: `e${index}`, variable: `${prefix}${index}`, fetch, paths: [path] };
    slots.push(slot);
    same.set(name, slot.paths);
    roots.push(renamed(ownSpreads(root, slot), slot));
    for (const fragment of fragments) named.push({ ...ownSpreads(fragment, slot), name: ownName(fragment, slot) });
    for (const definition of variables) definitions.set(definition.variable.name.value, definition);
  }
  const query: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: [...slots.map(({ variable }) => representationsOf(variable)), ...definitions.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections: roots },
  };
  return {
    serviceName,
    query: stripIgnoredCharacters([query, ...named].map(print).join('\n')),
    operationName: undefined,
    variableUsages: [...new Set(tasks.flatMap(({ fetch }) => fetch.variableUsages ?? []))],
    slots,
  };
}

/** @returns What no variable of these fetches begins with. */
function freePrefix(tasks: readonly Task[]): string {
  const names = tasks.flatMap(({ fetch }) => fetch.variableUsages ?? []);
  let prefix = 'r';
  while (names.some((name) => name.startsWith(prefix))) prefix += '_';
  return prefix;
}

interface Entities {
  readonly root: FieldNode;
  readonly fragments: readonly FragmentDefinitionNode[];
  readonly variables: readonly VariableDefinitionNode[];
}

function entitiesIn(operation: string): Entities {
  const { definitions } = parse(operation, { noLocation: true });
  const node = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = node?.selectionSet.selections.find((one) => one.kind === Kind.FIELD);
  if (root === undefined) throw new TypeError('a fetch of entities without entities');
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  const variables = (node?.variableDefinitions ?? []).filter(({ variable }) => variable.name.value !== 'representations');
  return { root, fragments, variables };
}

/** Fragments of each question are its own: two plans' may share a name. */
function ownSpreads<Node extends FieldNode | FragmentDefinitionNode>(node: Node, slot: Slot): Node {
  return visit(node, { FragmentSpread: (spread) => ({ ...spread, name: ownName(spread, slot) }) });
}

function ownName({ name }: { readonly name: NameNode }, { alias }: Slot): NameNode {
  return nameOf(`${alias}_${name.value}`);
}

function renamed(root: FieldNode, { alias, variable }: Slot): FieldNode {
  const argument = {
    kind: Kind.ARGUMENT,
    name: nameOf('representations'),
    value: { kind: Kind.VARIABLE, name: nameOf(variable) },
  } as const;
  return { ...root, alias: nameOf(alias), arguments: [argument] };
}

function representationsOf(variable: string): VariableDefinitionNode {
  const any: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: nameOf('_Any') };
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: nameOf(variable) },
    type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.LIST_TYPE, type: { kind: Kind.NON_NULL_TYPE, type: any } } },
  };
}

function nameOf(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
