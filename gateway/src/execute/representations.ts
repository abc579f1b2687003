/**
 * What a subgraph is told of each entity: the fields it requires, read from the data; equal ones once.
 * @see design/engine.md «representation program»
 */
import type { GraphQLSchema } from 'graphql';

import type { PlanSelection } from '../plan/plan-tree.ts';
import { isTarget, own, type Target } from './place.ts';
import { isOfType } from './rewrite.ts';

/** Distinct representations, and the targets each of them stands for. */
export interface Representations {
  /** JSON of each. */
  readonly texts: readonly string[];
  /** For each, indexes of its targets, ascending. */
  readonly targets: readonly (readonly number[])[];
}

export interface RepresentationOptions {
  readonly schema: GraphQLSchema;
  /** Applied to each; nearly no plan has any. */
  readonly rewrite: ((value: unknown) => void) | undefined;
}

/** @returns What reads the representations of a fetch out of its targets. */
export function compileRepresentations(
  requires: readonly PlanSelection[],
  { schema, rewrite }: RepresentationOptions,
): (targets: readonly Target[]) => Representations {
  const write = compileWriter(requires, schema);
  const textOf = rewrite === undefined ? write : rewritten(write, rewrite);
  return (targets) => {
    const texts: string[] = [];
    const indexes: number[][] = [];
    const known = new Map<string, number[]>();
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index];
      if (target === undefined || typeof own(target, '__typename') !== 'string') continue;
      const text = textOf(target);
      if (text === undefined) continue;
      const same = known.get(text);
      if (same !== undefined) {
        same.push(index);
        continue;
      }
      const first = [index];
      known.set(text, first);
      texts.push(text);
      indexes.push(first);
    }
    return { texts, targets: indexes };
  };
}

/** Undefined where the object lacks something that is required. */
type Writer = (value: Target) => string | undefined;

interface Part {
  readonly name: string;
  /** `"name":`, with a comma before it for all but the first. */
  readonly before: string;
  /** Of an object; undefined for a leaf. */
  readonly write: Writer | undefined;
}

/** One program for each type of object that comes. */
function compileWriter(selections: readonly PlanSelection[], schema: GraphQLSchema): Writer {
  const programs = new Map<unknown, readonly Part[]>();
  const partsFor = (value: Target): readonly Part[] => {
    const type = own(value, '__typename');
    const known = programs.get(type);
    if (known !== undefined) return known;
    const parts = partsOf(value, selections, schema);
    // A subgraph may name any number of types that do not exist.
    if (type === undefined || (typeof type === 'string' && schema.getType(type) !== undefined)) programs.set(type, parts);
    return parts;
  };
  return (value) => {
    let text = '{';
    for (const { name, before, write } of partsFor(value)) {
      const found = own(value, name);
      if (found === undefined) return undefined;
      text += before + (write === undefined ? JSON.stringify(found) : writeNested(found, write));
    }
    return `${text}}`;
  };
}

function writeNested(value: unknown, write: Writer): string {
  if (Array.isArray(value)) return `[${value.map((element) => writeNested(element, write)).join(',')}]`;
  return isTarget(value) ? (write(value) ?? 'null') : 'null';
}

/** The fields of objects of this type, those of all its fragments together. */
function partsOf(value: Target, selections: readonly PlanSelection[], schema: GraphQLSchema): readonly Part[] {
  const found = new Map<string, PlanSelection[] | undefined>();
  const walk = (inner: readonly PlanSelection[]): void => {
    for (const selection of inner) {
      if (selection.kind === 'InlineFragment') {
        const { typeCondition } = selection;
        if (typeCondition !== undefined && isOfType(value, typeCondition, schema, false)) walk(selection.selections);
        continue;
      }
      const name = selection.alias ?? selection.name;
      found.set(name, selection.selections === undefined ? found.get(name) : [...(found.get(name) ?? []), ...selection.selections]);
    }
  };
  walk(selections);
  return [...found].map(([name, inner], index) => ({
    name,
    before: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`,
    write: inner === undefined ? undefined : compileWriter(inner, schema),
  }));
}

function rewritten(write: Writer, rewrite: (value: unknown) => void): Writer {
  return (target) => {
    const text = write(target);
    if (text === undefined) return undefined;
    const representation: unknown = JSON.parse(text);
    rewrite(representation);
    return JSON.stringify(representation);
  };
}
