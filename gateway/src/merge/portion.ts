/**
 * How much of a page each system is asked for at first, and whom to ask for more. Asking each for a whole page fetches as many
 * pages as there are systems; a portion from each, then the rest from those that had more to give, fetches little over one.
 * Measured over 23 systems: 0.24 to 0.71 of the time of whole pages (`tests/bench/page-ways.prove.ts`).
 * @see design/partitioning.md «Page»
 */
import type { Keyed, Page } from './page.ts';

/** What one system has said so far. */
export interface Portion<Row extends Keyed> {
  readonly rows: readonly Row[];
  /** As many rows came as were asked for: there may be more behind them. */
  readonly full: boolean;
}

/**
 * @param size - Rows of the page.
 * @param systems - Systems that are asked.
 * @returns Rows to ask each for: where rows lie evenly hardly any system has more than this on the page (the mean and four
 * deviations), and never more than the page and one row.
 */
export function portionOf(size: number, systems: number): number {
  const mean = size / Math.max(1, systems);
  return Math.min(size + 1, Math.ceil(mean + 4 * Math.sqrt(mean)) + 1);
}

/**
 * @returns Systems, each with its rows, all of which are on the page although it may have more: until it is asked for the rest,
 * nobody knows whether those belong on it too. While there is none, the page is the one that whole answers give.
 */
export function shortSystems<Row extends Keyed>(
  { edges }: Page<Row>,
  portions: ReadonlyMap<string, Portion<Row>>,
  size: number,
): ReadonlyMap<string, readonly Row[]> {
  const used = new Map<string, number>();
  for (const { system } of edges) used.set(system, (used.get(system) ?? 0) + 1);
  const short = [...portions].filter(([system, { rows, full }]) => full && rows.length <= size && used.get(system) === rows.length);
  return new Map(short.map(([system, { rows }]) => [system, rows]));
}
