/**
 * Statistics of many systems as one: groups with the same key are added up, exactly. Nothing is ever cut off at a system,
 * so every number is the province's.
 * @see design/partitioning.md «Group»
 */
import { addDecimals, compareBytes, HubError } from '@hub/schema';

/** A value by which groups are told apart: a leaf, or a code with its label. */
export type KeyValue = string | number | boolean | null | Readonly<Record<string, unknown>> | readonly KeyValue[];

/** A group as a system sent it: key fields and sums by field name. */
export interface Group {
  readonly keys: Readonly<Record<string, KeyValue>>;
  /** Int or decimal text; null where the system had nothing to add up. */
  readonly sums: Readonly<Record<string, number | string | null>>;
}

/** @returns All groups, ordered by their keys' bytes, nulls last. @throws HubError GROUPS_TOO_MANY above `maxGroups`. */
export function mergeGroups(lists: Iterable<readonly Group[]>, maxGroups: number): readonly Group[] {
  const merged = new Map<string, Group>();
  for (const list of lists) {
    for (const group of list) {
      const identity = JSON.stringify(Object.values(group.keys).map(identityOf));
      const known = merged.get(identity);
      merged.set(identity, known === undefined ? group : add(known, group));
      if (merged.size > maxGroups) throw tooMany(maxGroups);
    }
  }
  return [...merged].toSorted(([a], [b]) => compareIdentities(a, b)).map(([, group]) => group);
}

function add(a: Group, b: Group): Group {
  const sums = Object.entries(a.sums).map(([name, value]) => [name, addValues(value, b.sums[name] ?? null)] as const);
  const keys = Object.entries(a.keys).map(([name, value]) => [name, fillLabels(value, b.keys[name] ?? null)] as const);
  return { keys: Object.fromEntries(keys), sums: Object.fromEntries(sums) };
}

function addValues(a: number | string | null, b: number | string | null): number | string | null {
  if (a === null) return b;
  if (b === null) return a;
  return typeof a === 'number' && typeof b === 'number' ? a + b : addDecimals(String(a), String(b));
}

// A code is the same code whatever label a system gives it; one without a label takes the other's.
function identityOf(value: KeyValue): unknown {
  if (isList(value)) return value.map(identityOf);
  return isObject(value) && 'code' in value ? value['code'] : value;
}

function fillLabels(a: KeyValue, b: KeyValue): KeyValue {
  if (isList(a)) return a.map((value, index) => fillLabels(value, isList(b) ? (b[index] ?? null) : null));
  if (!isObject(a) || !isObject(b) || isList(b)) return a;
  return Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value ?? b[name] ?? null]));
}

function isList(value: KeyValue): value is readonly KeyValue[] {
  return Array.isArray(value);
}

function isObject(value: KeyValue): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compareIdentities(a: string, b: string): number {
  const [x, y] = [flatten(a), flatten(b)];
  for (const [index, left] of x.entries()) {
    const right = y[index] ?? null;
    if (left === right) continue;
    if (left === null || right === null) return left === null ? 1 : -1;
    return compareBytes(left, right);
  }
  return 0;
}

function flatten(identity: string): readonly (string | null)[] {
  const values: unknown = JSON.parse(identity);
  const flat: readonly unknown[] = Array.isArray(values) ? values.flat(3) : [];
  return flat.map((value) => (value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)));
}

function tooMany(maxGroups: number): HubError {
  return new HubError('GROUPS_TOO_MANY', {
    zh: `统计分组超过 ${maxGroups} 个，请减少维度或缩小筛选范围。`,
    en: `There are more than ${maxGroups} groups; ask for fewer dimensions or narrow the filter.`,
  });
}
