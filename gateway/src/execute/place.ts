/**
 * Where in the data a fetch belongs: the objects along a path of the plan, and, when something failed, where each of them stands.
 * @see design/engine.md «Design»
 */
import type { Path } from '../fetch/source.ts';

/** A JSON object on its way to the client; nobody else holds it. */
export type Target = Record<string, unknown>;

/** A path of a plan: names of fields, and `@` for each element of a list. */
export type PlanPath = readonly (string | number)[];

/** @returns What finds the objects at some paths, in the order of the paths and of the data; none where it is null or absent. */
export function compileTargets(paths: readonly PlanPath[]): (data: Target) => readonly Target[] {
  const programs = paths.map((path) => compileCollect(path, 0));
  return (data) => {
    const found: Target[] = [];
    for (const collect of programs) collect(data, found);
    return found;
  };
}

/** @returns Where each object of `compileTargets` of one path stands, in the same order. */
export function pathsAt(data: Target, path: PlanPath): readonly Path[] {
  const found: Path[] = [];
  collectPaths(data, path, { at: 0, before: [], found });
  return found;
}

type Collect = (value: unknown, found: Target[]) => void;

/** One closure for each step: nothing is made for an object that is passed. */
function compileCollect(path: PlanPath, at: number): Collect {
  const step = path[at];
  const next = step === undefined ? undefined : compileCollect(path, at + 1);
  const collect: Collect = (value, found) => {
    if (Array.isArray(value)) {
      // At its end a path may leave out the `@` of a list.
      const inside = step === '@' && next !== undefined ? next : collect;
      for (let index = 0; index < value.length; index++) inside(value[index], found);
    } else if (isTarget(value)) {
      if (next === undefined) found.push(value);
      else if (typeof step === 'string') next(own(value, step), found);
    }
  };
  return collect;
}

interface CollectingPaths {
  readonly at: number;
  readonly before: Path;
  readonly found: Path[];
}

function collectPaths(value: unknown, path: PlanPath, { at, before, found }: CollectingPaths): void {
  if (Array.isArray(value)) {
    const next = path[at] === '@' ? at + 1 : at;
    for (const [index, element] of value.entries()) collectPaths(element, path, { at: next, before: [...before, index], found });
    return;
  }
  if (!isTarget(value)) return;
  const step = path[at];
  if (step === undefined) found.push(before);
  else if (typeof step === 'string') collectPaths(own(value, step), path, { at: at + 1, before: [...before, step], found });
}

/** Whether a value is a JSON object. */
export function isTarget(value: unknown): value is Target {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names that every object has from elsewhere. */
export const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** @returns A member of the object itself: `__proto__` is a name like any other. */
export function own(object: Target, name: string): unknown {
  const value = object[name];
  // To ask each object whether a member is its own took a tenth of an operation.
  return value === undefined || !inherited.has(name) || Object.hasOwn(object, name) ? value : undefined;
}
