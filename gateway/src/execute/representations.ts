/**
 * What a subgraph is told of each entity: the fields it requires, read from the data; equal ones once.
 * @see design/engine.md «representation program»
 */
import type { GraphQLSchema } from 'graphql';

import type { PlanField, PlanSelection } from '../plan/plan-tree.ts';
import { inherited, isTarget, own, type Target } from './place.ts';
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
  const names = leavesOf(requires);
  return (targets) => {
    const texts: string[] = [];
    const indexes: number[][] = [];
    const byText = new Map<string, number[]>();
    // By the values as they stand: a text is written for the first of those that are alike, and for no other.
    const byFirst = new Map<unknown, Alike[]>();
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index];
      if (target === undefined || typeof target['__typename'] !== 'string') continue;
      const known = names === undefined ? undefined : alikeIn(byFirst, target, names);
      if (known !== undefined) {
        known.places?.push(index);
        continue;
      }
      const text = textOf(target);
      let places: number[] | undefined;
      // No text: of another type than those that are asked for.
      if (text !== undefined && text !== '{}') {
        places = byText.get(text);
        if (places === undefined) {
          places = [];
          byText.set(text, places);
          texts.push(text);
          indexes.push(places);
        }
        places.push(index);
      }
      if (names !== undefined) remember(byFirst, target[names.first], { target, places });
    }
    return { texts, targets: indexes };
  };
}

/** Targets of which all are said the same, by one of them. */
interface Alike {
  readonly target: Target;
  /** Undefined: nothing is said of them. */
  readonly places: number[] | undefined;
}

/** Names of the leaves a representation may say. */
interface Leaves {
  readonly first: string;
  readonly others: readonly string[];
}

/** @returns undefined when objects are required, or what any object has: those are told apart by their text. */
function leavesOf(requires: readonly PlanSelection[]): Leaves | undefined {
  const names = new Set<string>();
  const walk = (selections: readonly PlanSelection[]): boolean =>
    selections.every((selection) => {
      if (selection.kind !== 'Field') return walk(selection.selections);
      names.add(nameOf(selection));
      return selection.selections === undefined;
    });
  if (!walk(requires) || [...names].some((name) => inherited.has(name))) return undefined;
  // Nearly all are of one type: that is compared last.
  const [first, ...others] = [...names].toSorted((one, other) => Number(one === '__typename') - Number(other === '__typename'));
  return first === undefined ? undefined : { first, others: [...new Set([...others, '__typename'])] };
}

function alikeIn(byFirst: ReadonlyMap<unknown, readonly Alike[]>, target: Target, { first, others }: Leaves): Alike | undefined {
  const compared = byFirst.get(target[first]);
  if (compared !== undefined) for (const alike of compared) if (areAlike(alike.target, target, others)) return alike;
  return undefined;
}

function areAlike(one: Target, other: Target, names: readonly string[]): boolean {
  for (const name of names) if (one[name] !== other[name]) return false;
  return true;
}

/** Of those with one first value that are compared; more are told apart by their text. */
const mostCompared = 8;

function remember(byFirst: Map<unknown, Alike[]>, value: unknown, alike: Alike): void {
  const known = byFirst.get(value);
  if (known === undefined) byFirst.set(value, [alike]);
  else if (known.length < mostCompared) known.push(alike);
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
    // Of another type: there is nothing to rewrite, and rewritten it would be an entity without a key.
    if (text === undefined || text === '{}') return text;
    const representation: unknown = JSON.parse(text);
    rewrite(representation);
    return JSON.stringify(representation);
  };
}
