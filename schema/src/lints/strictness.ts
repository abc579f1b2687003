/**
 * Which of two visibilities lets fewer people see.
 * @see design/graph.md «Who sees what»
 */
import type { Visibility } from '../contract.ts';

const rank: Readonly<Record<Visibility, number>> = { PUBLIC: 0, GOVERNMENT: 1, RESTRICTED: 2 };

/** Whether the first is stricter than the second. */
export function isStricter(a: Visibility, b: Visibility): boolean {
  return rank[a] > rank[b];
}

/** @returns The strictest of them; PUBLIC of none. */
export function strictest(all: readonly Visibility[]): Visibility {
  return all.reduce((a, b) => (isStricter(b, a) ? b : a), 'PUBLIC');
}
