/**
 * One fetch of a plan: representations out of the data, the question, and the answer into the data; errors where they belong.
 * @see design/engine.md «Design»
 */
import { type GraphQLSchema, isInterfaceType } from 'graphql';

import { HubError } from '@hub/schema';

import { type EntityKey, errorAt, type FetchError, type FetchSource } from '../fetch/source.ts';
import { entityQuestion, type Slot } from './batch.ts';
import { compileEntityKeys } from './entity-keys.ts';
import type { Execution, Step } from './execution.ts';
import { mergeInto, mergeIntoAll } from './merge.ts';
import { compileTargets, isTarget, own, pathsAt, type Target } from './place.ts';
import { compileRepresentations, type Representations } from './representations.ts';
import { compileRewrites } from './rewrite.ts';
import type { Task } from './schedule.ts';

export interface FetchOptions {
  readonly schema: GraphQLSchema;
  readonly source: FetchSource;
}

/** @returns The step of a fetch that asks for no entities. */
export function compileRootFetch({ fetch, path }: Task, { schema, source }: FetchOptions): Step {
  const rewrite = compileRewrites(fetch.outputRewrites, schema);
  const { operation: query, operationName, variableUsages = [] } = fetch;
  const ask = source.prepare({ query, operationName });
  const targetsIn = compileTargets([path]);
  return async (execution) => {
    const targets = targetsIn(execution.data);
    if (targets.length === 0) return;
    const { variables, call } = execution;
    const { data, errors } = await ask({ variables: pick(variables, variableUsages), representations: [], call });
    const [place = []] = errors.length > 0 ? pathsAt(execution.data, path) : [];
    execution.errors.push(...errors.map((error) => ({ ...error, path: [...place, ...(error.path ?? [])] })));
    if (data === null) return;
    rewrite?.(data);
    for (const target of targets) mergeInto(target, data);
  };
}

/** @returns The step of fetches for entities that are asked together. */
export function compileEntityFetch(tasks: readonly Task[], { schema, source }: FetchOptions): Step {
  const { serviceName, query, operationName, variableUsages, slots } = entityQuestion(tasks);
  const ask = source.prepare({ query, operationName });
  const programs = slots.map((slot) => compileSlot(slot, schema));
  const targetsIn = compileSlotTargets(slots);
  return async (execution) => {
    const targets = targetsIn(execution.data);
    const found = programs.map(({ read }, index) => read(targets[index] ?? []));
    if (found.every(({ asked }) => asked.texts.length === 0)) return;
    const { variables, call } = execution;
    const representations = found.map(({ asked, keyOf }, index) => ({ variable: slots[index]?.variable ?? '', texts: asked.texts, keyOf }));
    const { data, errors } = await ask({ variables: pick(variables, variableUsages), representations, call });
    for (const error of errors) tellError(execution, error, { slots, found, isOne: source.isOne === true });
    if (data === null) return;
    for (const [index, { alias, merge }] of programs.entries()) {
      const entities = own(data, alias);
      const { targets, asked, keyOf } = found[index] ?? nothing;
      if (Array.isArray(entities) && entities.length === asked.texts.length) merge(entities, { targets, asked, keyOf });
      else if (entities !== null || errors.length === 0) execution.errors.push(errorAt(malformed(serviceName), []));
    }
  };
}

/** The objects of a slot, and what is asked for them. */
interface Found {
  readonly targets: readonly Target[];
  readonly asked: Representations;
  readonly keyOf: (index: number) => EntityKey;
}

const nothing: Found = { targets: [], asked: { texts: [], targets: [] }, keyOf: () => ({ typename: undefined, id: undefined }) };

/** @returns What finds the objects of each slot: several slots of a question are often about the same. */
function compileSlotTargets(slots: readonly Slot[]): (data: Target) => readonly (readonly Target[])[] {
  const places = slots.map(({ paths }) => JSON.stringify(paths));
  const programs = slots.map(({ paths }, index) => ({ first: places.indexOf(places[index] ?? ''), find: compileTargets(paths) }));
  return (data) => {
    const found: (readonly Target[])[] = [];
    for (const { first, find } of programs) found.push(found[first] ?? find(data));
    return found;
  };
}

interface SlotProgram {
  readonly alias: string;
  readonly read: (targets: readonly Target[]) => Found;
  readonly merge: (entities: readonly unknown[], found: Found) => void;
}

function compileSlot({ alias, fetch: { requires = [], inputRewrites, outputRewrites } }: Slot, schema: GraphQLSchema): SlotProgram {
  const represent = compileRepresentations(requires, { schema, rewrite: compileRewrites(inputRewrites, schema) });
  const keysOf = compileEntityKeys(requires, { schema, isRewritten: inputRewrites !== undefined && inputRewrites.length > 0 });
  const rewrite = compileRewrites(outputRewrites, schema);
  const isToldAsInterface = (inputRewrites ?? []).some(({ kind, path }) => kind === 'ValueSetter' && path[1] === '__typename');
  return {
    alias,
    read(targets) {
      const asked = represent(targets);
      return { targets, asked, keyOf: keysOf(asked, targets) };
    },
    merge(entities, { targets, asked }) {
      for (const [index, entity] of entities.entries()) {
        if (!isTarget(entity)) continue;
        rewrite?.(entity);
        // A subgraph with an interface object knows no more than the interface; what the object is, another has told or will.
        if (isToldAsInterface && isInterfaceType(schema.getType(String(own(entity, '__typename'))))) entity['__typename'] = undefined;
        mergeIntoAll(targets, asked.targets[index] ?? [], entity);
      }
    },
  };
}

interface Places {
  readonly slots: readonly Slot[];
  readonly found: readonly Found[];
  readonly isOne: boolean;
}

/**
 * An error of one entity is told of everywhere that entity stands; one of the whole fetch once. A contract's source says once
 * which system is away, at the first entity that system has (design/partitioning.md P5).
 */
function tellError({ data, errors: told }: Execution, error: FetchError, { slots, found, isOne }: Places): void {
  const [alias, index, ...rest] = error.path ?? [];
  const place = slots.findIndex((slot) => slot.alias === alias);
  const targets = typeof index === 'number' ? (found[place]?.asked.targets[index] ?? []) : [];
  if (targets.length === 0) told.push({ message: error.message, extensions: error.extensions });
  else {
    const paths = slots[place]?.paths.flatMap((path) => pathsAt(data, path)) ?? [];
    for (const at of isOne ? targets : targets.slice(0, 1)) told.push({ ...error, path: [...(paths[at] ?? []), ...rest] });
  }
}

function pick(variables: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (Object.hasOwn(variables, name) && variables[name] !== undefined) picked[name] = variables[name];
  return picked;
}

function malformed(name: string): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `${name} 的答复不合联邦约定。`,
    en: `The answer of ${name} does not keep to the federation protocol.`,
    system: name,
  });
}
