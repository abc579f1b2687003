/**
 * The answer in the client's order: from the data as subgraphs gave it, what was asked for and nothing else, leaves checked,
 * nulls carried up as far as types demand.
 * @see design/engine.md «projection program»; GraphQL, October 2021, 6.4.3 and 6.4.4
 */
import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';

import type { Path } from '../fetch/source.ts';
import { collectAsked, type Reading } from './collect.ts';
import { leafCheck } from './leaf-values.ts';
import { setOwn } from './merge.ts';
import { isTarget, own, type Target } from './place.ts';

/** Something a subgraph gave that its type does not allow. */
export interface Fault {
  readonly message: string;
  /** Nothing was given, where something must be. */
  readonly isNull?: boolean;
  /** Built on the way up: only what is wrong pays for its path. */
  path: Path;
}

/** @returns What stands in the answer; undefined: null where null may not stand, so that what is above it is null. */
type Complete = (value: unknown, faults: Fault[]) => unknown;

/** What to project from. */
export interface Projecting extends Reading {
  /** Value of a root field about the schema itself. */
  readonly introspect: (key: string) => unknown;
  /** Names in the data of response keys that stand under another there. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/** @returns What makes the answer of an operation; null when a null was carried up to its root. */
export function compileProjection(
  set: SelectionSetNode,
  root: GraphQLCompositeType,
  projecting: Projecting,
): (data: Target, faults: Fault[]) => Target | null {
  const program = objectProgram([set], root, projecting);
  return (data, faults) => program(data, faults) ?? null;
}

function completer(type: GraphQLOutputType, sets: readonly SelectionSetNode[], projecting: Projecting): Complete {
  if (isNonNullType(type)) {
    const inner = completer(type.ofType, sets, projecting);
    return (value, faults) => {
      const before = faults.length;
      const completed = inner(value, faults);
      if (completed !== null && completed !== undefined) return completed;
      if (faults.length === before) faults.push({ message: 'null where null may not stand', isNull: true, path: [] });
      return undefined;
    };
  }
  if (isListType(type)) return list(completer(type.ofType, sets, projecting));
  if (isLeafType(type)) {
    const isValid = leafCheck(type);
    return (value, faults) => (value === null || isValid(value) ? value : wrong(`no ${type.name}`, faults));
  }
  return composite(type, sets, projecting);
}

function list(element: Complete): Complete {
  return (value, faults) => {
    if (value === null) return null;
    if (!Array.isArray(value)) return wrong('no list', faults);
    const completed: unknown[] = [];
    let isNull = false;
    for (let index = 0; index < value.length; index++) {
      const before = faults.length;
      const one = element(value[index] ?? null, faults);
      if (faults.length !== before) place(faults, before, index);
      if (one === undefined) isNull = true;
      completed.push(one);
    }
    return isNull ? null : completed;
  };
}

/** One program for each type of object that comes. */
function composite(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], projecting: Projecting): Complete {
  const programs = new Map<unknown, ObjectProgram>();
  const programOf = (name: unknown): ObjectProgram | undefined => {
    const known = programs.get(name);
    if (known !== undefined) return known;
    const named = typeof name === 'string' && name !== '' ? projecting.schema.getType(name) : type;
    const program = isCompositeType(named) ? objectProgram(sets, named, projecting) : undefined;
    // A subgraph may name any number of types that do not exist.
    if (program !== undefined) programs.set(name, program);
    return program;
  };
  return (value, faults) => {
    if (value === null) return null;
    if (!isTarget(value)) return wrong(`no ${type.name}`, faults);
    const program = programOf(own(value, '__typename'));
    if (program === undefined) return wrong('an unknown type', faults);
    return program(value, faults) ?? null;
  };
}

/** Undefined: a null was carried up to the object. */
type ObjectProgram = (value: Target, faults: Fault[]) => Target | undefined;

interface FieldProgram {
  readonly key: string;
  /** Its name in the data. */
  readonly from: string;
  readonly complete: Complete;
}

function objectProgram(sets: readonly SelectionSetNode[], type: GraphQLCompositeType, projecting: Projecting): ObjectProgram {
  const fields: readonly FieldProgram[] = collectAsked(sets, type, projecting).map(({ key, nodes }) => {
    const name = nodes[0]?.name.value ?? '';
    const from = projecting.keys?.get(key) ?? key;
    if (name === '__typename') return { key, from, complete: typename(type) };
    if (name === '__schema' || name === '__type') return { key, from, complete: () => projecting.introspect(key) };
    const field = 'getFields' in type ? type.getFields()[name] : undefined;
    if (field === undefined) throw new TypeError(`${type.name} has no field ${name}`);
    const inner = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    return { key, from, complete: completer(field.type, inner, projecting) };
  });
  return (value, faults) => {
    const completed: Target = {};
    for (const { key, from, complete } of fields) {
      const before = faults.length;
      const one = complete(own(value, from) ?? null, faults);
      if (faults.length !== before) place(faults, before, key);
      if (one === undefined) return undefined;
      setOwn(completed, key, one);
    }
    return completed;
  };
}

/** The name of the type clients know; an abstract one is none. */
function typename(type: GraphQLCompositeType): Complete {
  return isObjectType(type) ? () => type.name : () => undefined;
}

function wrong(message: string, faults: Fault[]): null {
  faults.push({ message, path: [] });
  return null;
}

function place(faults: readonly Fault[], from: number, step: string | number): void {
  for (const fault of faults.slice(from)) fault.path = [step, ...fault.path];
}
