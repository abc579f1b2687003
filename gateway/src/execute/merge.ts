/**
 * Puts what a fetch brought into the data: objects and lists of equal length member by member, all else in place of what stood.
 * @see design/engine.md «merge program»
 */
import { isTarget, own, type Target } from './place.ts';

/** What was fetched may be taken over as it is: nobody else holds it. */
export function mergeInto(target: Target, source: Target): void {
  for (const name of Object.keys(source)) {
    const [before, value] = [own(target, name), source[name]];
    if (value === undefined || value === before) continue;
    if (isTarget(before) && isTarget(value)) mergeInto(before, value);
    else if (Array.isArray(before) && Array.isArray(value) && before.length === value.length) mergeLists(before, value);
    else setOwn(target, name, value);
  }
}

/**
 * Puts one entity into every place it stands at.
 * @param at - Indexes of its targets.
 */
export function mergeIntoAll(targets: readonly Target[], at: readonly number[], source: Target): void {
  const names = Object.keys(source);
  const isFlat = names.every((name) => name !== '__proto__' && (typeof source[name] !== 'object' || source[name] === null));
  for (const place of at) {
    const target = targets[place];
    if (target === undefined) continue;
    if (!isFlat) mergeInto(target, source);
    else for (const name of names) if (source[name] !== undefined) target[name] = source[name];
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, value] of source.entries()) {
    const before = target[index];
    if (isTarget(before) && isTarget(value)) mergeInto(before, value);
    else if (Array.isArray(before) && Array.isArray(value) && before.length === value.length) mergeLists(before, value);
    else target[index] = value;
  }
}

/** Sets a member of the object itself, whatever its name. */
export function setOwn(target: Target, name: string, value: unknown): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}
