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

/** @returns The part of an answer that two right servers share. */
export function comparable({ data, errors }: Reply): Comparable {
  return {
    data: withoutCursors(data ?? null),
    errors: errors.map(({ path, code }) => `${path.join('.')}: ${String(code)}`).toSorted(),
  };
}

function withoutCursors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCursors);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, (typeof inner === 'string' || inner === null) && /^(?:cursor|endCursor)/.test(key) ? '«cursor»' : withoutCursors(inner)]),
  );
}
