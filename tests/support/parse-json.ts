/**
 * Narrows what came over the wire, for tests that look into answers: as the conformance suite does, and more strictly.
 */
import { at, isObject } from '@hub/conformance/json-value';

export { at, isObject, listAt } from '@hub/conformance/json-value';

/** @returns The text at a path. @throws TypeError when there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  if (typeof found !== 'string') throw new TypeError(`no text at ${path.join('.')}`);
  return found;
}

/** @returns The object with some of its values changed. */
export function changed(value: unknown, change: Readonly<Record<string, unknown>>): unknown {
  return isObject(value) ? { ...value, ...change } : value;
}
