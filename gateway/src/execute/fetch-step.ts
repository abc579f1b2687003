/**
 * One fetch of a plan: representations out of the data, the question, and the answer into the data; errors where they belong.
 * @see design/engine.md «Design»
 */
import type { GraphQLSchema } from 'graphql';

import { HubError } from '@hub/schema';

import { errorAt, type FetchAnswer, type FetchError, type FetchSource, type Path } from '../fetch/source.ts';
import type { FetchNode } from '../plan/plan-tree.ts';
import type { Execution, Step } from './execution.ts';
import { mergeInto, setOwn } from './merge.ts';
import { isTarget, own, pathsAt, type PlanPath, type Target, targetsAt } from './place.ts';
import { compileRepresentations, type Representations } from './representations.ts';
import { compileRewrites } from './rewrite.ts';

export interface FetchOptions {
  readonly schema: GraphQLSchema;
  readonly source: FetchSource;
  /** Where in the data its objects are. */
  readonly path: PlanPath;
}

/** @returns The step of a fetch. */
export function compileFetch(node: FetchNode, { schema, source, path }: FetchOptions): Step {
  const rewriteAnswer = compileRewrites(node.outputRewrites, schema);
  const { operation: query, operationName, variableUsages = [], requires } = node;
  const prepared = source.prepare({ query, operationName });
  const ask = ({ variables, call }: Execution, representations?: readonly string[]): Promise<FetchAnswer> =>
    prepared({ variables: pick(variables, variableUsages), representations, call });

  if (requires === undefined) {
    return async (execution) => {
      const targets = targetsAt(execution.data, path);
      if (targets.length === 0) return;
      const { data, errors } = await ask(execution);
      const [place = []] = errors.length > 0 ? pathsAt(execution.data, path) : [];
      execution.errors.push(...errors.map((error) => ({ ...error, path: [...place, ...(error.path ?? [])] })));
      if (data === null) return;
      rewriteAnswer?.(data);
      for (const target of targets) mergeInto(target, data);
    };
  }
  const represent = compileRepresentations(requires, { schema, rewrite: compileRewrites(node.inputRewrites, schema) });
  return async (execution) => {
    const targets = targetsAt(execution.data, path);
    const asked = represent(targets);
    if (asked.texts.length === 0) return;
    const { data, errors } = await ask(execution, asked.texts);
    if (errors.length > 0) tellErrors(execution, errors, { paths: pathsAt(execution.data, path), asked });
    if (data === null) return;
    const entities = own(data, '_entities');
    if (!Array.isArray(entities) || entities.length !== asked.texts.length) {
      execution.errors.push(errorAt(malformed(node.serviceName), []));
      return;
    }
    for (const [index, entity] of entities.entries()) {
      if (!isTarget(entity)) continue;
      rewriteAnswer?.(entity);
      for (const at of asked.targets[index] ?? []) mergeEntity(targets[at], entity);
    }
  };
}

function mergeEntity(target: Target | undefined, entity: Target): void {
  if (target === undefined) return;
  const named = own(target, '__typename');
  mergeInto(target, entity);
  if (own(entity, '__typename') === undefined && named !== undefined) setOwn(target, '__typename', named);
}

interface Places {
  readonly paths: readonly Path[];
  readonly asked: Representations;
}

/** An error of one entity is told of everywhere that entity stands; one of the whole fetch once. */
function tellErrors({ errors: told }: Execution, errors: readonly FetchError[], { paths, asked }: Places): void {
  for (const error of errors) {
    const [, index, ...rest] = error.path ?? [];
    const targets = typeof index === 'number' ? (asked.targets[index] ?? []) : [];
    if (targets.length === 0) told.push({ message: error.message, extensions: error.extensions });
    for (const at of targets) told.push({ ...error, path: [...(paths[at] ?? []), ...rest] });
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
