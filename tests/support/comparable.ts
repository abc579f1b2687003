/**
 * Two servers' answers side by side: equal in every value and in the order of keys; of errors their place and code, for the
 * text is each server's own; cursors not at all.
 */
import type { Reply } from './ask.ts';
import { isObject } from './parse-json.ts';

/** What of an answer must be equal. */
export interface Comparable {
  readonly data: unknown;
  readonly errors: readonly string[];
}

/** @returns The part of an answer that two right servers share; of a list with systems away only its rows. */
export function comparable({ data, errors }: Reply, of: 'everything' | 'rows' = 'everything'): Comparable {
  return {
    data: without(of === 'rows' ? /^(?:cursor|endCursor)/ : /^(?:cursor(?!p)|endCursor)/, data ?? null),
    errors: errors.map(({ path, code }) => `${path.join('.')}: ${String(code)}`).toSorted(),
  };
}

/** Generated queries name their cursors so, and the part with the place of a list `cursorp…`. */
function without(hidden: RegExp, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => without(hidden, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden.test(key) ? '«cursor»' : without(hidden, inner)]));
}
