/**
 * What a subgraph is told of each entity: the fields it requires, read from the data; equal ones once.
 * @see design/engine.md «representation program»
 */
import type { GraphQLSchema } from 'graphql';

import type { PlanField, PlanSelection } from '../plan/plan-tree.ts';
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
  const keys = new Map<unknown, string | undefined>();
  const keyOf = (type: unknown, target: Target): unknown => {
    if (!keys.has(type) && typeof type === 'string' && schema.getType(type) !== undefined) {
      keys.set(type, onlyKey(groupsOf(requires, { value: target, schema })));
    }
    const key = keys.get(type);
    return key === undefined ? undefined : own(target, key);
  };
  return (targets) => {
    const texts: string[] = [];
    const indexes: number[][] = [];
    // By the key as it stands, where there is one: its text is then written once for all that have it.
    const byKey = new Map<unknown, Map<unknown, number[]>>();
    const byText = new Map<string, number[]>();
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index];
      const type = target === undefined ? undefined : own(target, '__typename');
      if (target === undefined || typeof type !== 'string') continue;
      const key = keyOf(type, target);
      const isKeyed = typeof key === 'string' || typeof key === 'number';
      const same = isKeyed ? byKey.get(type)?.get(key) : undefined;
      if (same !== undefined) {
        same.push(index);
        continue;
      }
      const text = textOf(target);
      // Of another type than those that are asked for.
      if (text === undefined || text === '{}') continue;
      const known = isKeyed ? undefined : byText.get(text);
      if (known !== undefined) {
        known.push(index);
        continue;
      }
      const first = [index];
      if (isKeyed) remember(byKey, type).set(key, first);
      else byText.set(text, first);
      texts.push(text);
      indexes.push(first);
    }
    return { texts, targets: indexes };
  };
}

function remember(byKey: Map<unknown, Map<unknown, number[]>>, type: string): Map<unknown, number[]> {
  const known = byKey.get(type);
  if (known !== undefined) return known;
  const made = new Map<unknown, number[]>();
  byKey.set(type, made);
  return made;
}

/** @returns The one leaf that says all of a representation beside its type. */
function onlyKey(groups: readonly Group[]): string | undefined {
  const fields = groups.flatMap((group) => group.fields).filter((field) => nameOf(field) !== '__typename');
  const [first] = fields;
  const isOne = first !== undefined && fields.every((field) => nameOf(field) === nameOf(first) && field.selections === undefined);
  return isOne ? nameOf(first) : undefined;
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
  const programs = new Map<unknown, Writer>();
  return (value) => {
    const type = own(value, '__typename');
    const known = programs.get(type);
    if (known !== undefined) return known(value);
    const write = compileGroups(groupsOf(selections, { value, schema }), schema);
    // A subgraph may name any number of types that do not exist.
    if (type === undefined || (typeof type === 'string' && schema.getType(type) !== undefined)) programs.set(type, write);
    return write(value);
  };
}

/** Fields that are required together: an object that lacks one of them says none of them. */
interface Group {
  readonly fields: readonly PlanField[];
  /** Names of these fields and of those around them. */
  readonly needs: readonly string[];
  /** Without these there is no representation. */
  readonly isWhole: boolean;
}

/** An object of the type that is written. */
interface Described {
  readonly value: Target;
  readonly schema: GraphQLSchema;
}

/** The first group is what stands outside of fragments. */
function groupsOf(selections: readonly PlanSelection[], of: Described, around?: Group): readonly Group[] {
  const fields = selections.filter((selection) => selection.kind === 'Field');
  const group = { fields, needs: [...(around?.needs ?? []), ...fields.map(nameOf)], isWhole: around === undefined };
  const inner = selections.flatMap((selection) => {
    if (selection.kind === 'Field' || selection.typeCondition === undefined) return [];
    return isOfType(of.value, selection.typeCondition, of.schema, false) ? groupsOf(selection.selections, of, group) : [];
  });
  return [group, ...inner];
}

/** One list of parts for each way in which groups are there or not; nearly always there is one. */
function compileGroups(groups: readonly Group[], schema: GraphQLSchema): Writer {
  const ways = new Map<string, readonly Part[]>();
  return (value) => {
    let way = '';
    for (const { needs, isWhole } of groups) {
      const isThere = needs.every((name) => own(value, name) !== undefined);
      if (isWhole && !isThere) return undefined;
      way += isThere ? '1' : '0';
    }
    let parts = ways.get(way);
    if (parts === undefined) {
      parts = partsOf(
        groups.filter((_, index) => way[index] === '1').flatMap(({ fields }) => fields),
        schema,
      );
      ways.set(way, parts);
    }
    let text = '{';
    for (const { name, before, write } of parts) {
      const found = own(value, name);
      text += before + (write === undefined ? JSON.stringify(found) : writeNested(found, write));
    }
    return `${text}}`;
  };
}

function writeNested(value: unknown, write: Writer): string {
  if (Array.isArray(value)) return `[${value.map((element) => writeNested(element, write)).join(',')}]`;
  return isTarget(value) ? (write(value) ?? 'null') : 'null';
}

function partsOf(fields: readonly PlanField[], schema: GraphQLSchema): readonly Part[] {
  const inner = new Map<string, PlanSelection[]>();
  for (const field of fields) inner.set(nameOf(field), [...(inner.get(nameOf(field)) ?? []), ...(field.selections ?? [])]);
  return [...inner].map(([name, selections], index) => ({
    name,
    before: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`,
    write: selections.length === 0 ? undefined : compileWriter(selections, schema),
  }));
}

function nameOf({ alias, name }: PlanField): string {
  return alias ?? name;
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
