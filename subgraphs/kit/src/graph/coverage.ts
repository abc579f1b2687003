/**
 * A system answers for itself alone, and answers in full.
 * @see design/partitioning.md «Coverage lives in the data»
 */
import type { SystemRow } from '@hub/schema';

/** @returns The value of a `coverage` field. */
export function ownCoverage({ code, name }: SystemRow): object {
  return { complete: true, answered: [{ code, name }], missing: [], retryAfterMs: null };
}
