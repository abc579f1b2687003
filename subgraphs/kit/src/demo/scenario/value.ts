/**
 * Values of a story's variables, and where a name finds its value: in the part it is used in, then further out.
 */
import type { WallClock } from '../wall-clock.ts';

/** Undefined: there is none, as the best bid of a lot nobody bid for. It reads as an empty text. */
export type Value = string | Moment | Bundle | Parts | undefined;

/** A point in time; how it is written follows from the field it stands in. */
export interface Moment {
  readonly at: WallClock;
}

/** Several values under their names: a company, a place, one lot. */
export interface Bundle {
  readonly members: ReadonlyMap<string, Value>;
}

/** Parts of one kind: lots, bids, lines of a catalogue. Each is made when it is asked for, the same each time. */
export interface Parts {
  readonly count: number;
  readonly part: (index: number) => Bundle;
}

/** Names and values, and the scope around them. */
export interface Scope {
  readonly own: ReadonlyMap<string, Value>;
  readonly outer: Scope | undefined;
}

/** @param path - Names from a variable inwards. */
export function lookUp(scope: Scope, path: readonly string[]): Value {
  const [first = '', ...rest] = path;
  return rest.reduce<Value>(under, find(scope, first));
}

function under(value: Value, name: string): Value {
  if (isBundle(value)) return value.members.get(name);
  // `lot.2`: the second part.
  const index = Number(name) - 1;
  return isParts(value) && index >= 0 && index < value.count ? value.part(index) : undefined;
}

function find(scope: Scope | undefined, name: string): Value {
  if (scope === undefined) return undefined;
  return scope.own.has(name) ? scope.own.get(name) : find(scope.outer, name);
}

export function bundle(members: Readonly<Record<string, Value>>): Bundle {
  return { members: new Map(Object.entries(members)) };
}

/** @returns The parts one after the other. */
export function* partsIn(value: Value): Generator<Bundle> {
  if (!isParts(value)) return;
  for (let index = 0; index < value.count; index++) yield value.part(index);
}

function isBundle(value: Value): value is Bundle {
  return typeof value === 'object' && 'members' in value;
}

export function isMoment(value: Value): value is Moment {
  return typeof value === 'object' && 'at' in value;
}

export function isParts(value: Value): value is Parts {
  return typeof value === 'object' && 'part' in value;
}

export function textOf(value: Value): string {
  return typeof value === 'string' ? value : '';
}
