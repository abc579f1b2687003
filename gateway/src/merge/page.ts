/**
 * The page of a list that is spread over many systems, as a pure step from one position to the next.
 *
 * A position is `main`, the sort key up to which everything was delivered, and `lag`, how far each system got that was away
 * when `main` passed its rows. Four things hold between pages, whatever systems fail and come back:
 *   I1 delivered(s) = rows of s up to (lag[s] ?? main)      I2 lag[s] ≤ main
 *   I3 keys of fresh rows strictly rise across pages        I4 a live system with undelivered rows ⇒ at least one row
 * @see design/partitioning.md «Page»
 */
import type { SortKey } from '@hub/schema';

/** Where a reader stands. An absent key means: before the first row. */
export interface Position {
  readonly main: SortKey | undefined;
  readonly lag: ReadonlyMap<string, SortKey | undefined>;
}

/** Anything with a sort key. */
export interface Keyed {
  readonly key: SortKey;
}

type Compare = (a: SortKey, b: SortKey) => number;

/** What the systems said. Together `answers`, `away` and `withdrawn` are the systems in scope. */
export interface PageInput<Row extends Keyed> {
  readonly position: Position;
  readonly size: number;
  /** Rows of each live system after its place: `size + 1` of them, or all there are. Strictly increasing. */
  readonly answers: ReadonlyMap<string, readonly Row[]>;
  /** Published systems without a usable answer. */
  readonly away: readonly string[];
  /** Systems taken out of service: away, but nobody waits for them. */
  readonly withdrawn: readonly string[];
  readonly compare: Compare;
}

export interface PageEdge<Row extends Keyed> {
  readonly row: Row;
  readonly system: string;
  /** Its system was away when this row's place passed. */
  readonly late: boolean;
  /** Where a reader stands after this row. */
  readonly position: Position;
}

export interface Page<Row extends Keyed> {
  readonly edges: readonly PageEdge<Row>[];
  readonly hasNextPage: boolean;
  /** Where a reader stands after this page; it differs from the start even on an empty page when a system caught up. */
  readonly end: Position;
}

/** Where reading begins. */
export const start: Position = { main: undefined, lag: new Map() };

/** @returns The key after which this system is asked; undefined asks from its first row. */
export function placeOf(position: Position, system: string): SortKey | undefined {
  return position.lag.has(system) ? position.lag.get(system) : position.main;
}

/** Whether rows may be merged: strictly increasing and all after the place they were asked for. */
export function isOrderly(rows: readonly Keyed[], after: SortKey | undefined, compare: Compare): boolean {
  let last = after;
  for (const { key } of rows) {
    if (last !== undefined && compare(key, last) <= 0) return false;
    last = key;
  }
  return true;
}

/** One page: first what is owed to the reader (late), then what comes next (fresh). */
export function mergePage<Row extends Keyed>(input: PageInput<Row>): Page<Row> {
  const { position, size, answers, compare } = input;
  const { main } = position;
  const missing = [...input.away, ...input.withdrawn];
  const lag = new Map([...position.lag].filter(([system]) => answers.has(system) || missing.includes(system)));
  const edges: PageEdge<Row>[] = [];

  const owed = new Queues<Row>(compare);
  const next = new Queues<Row>(compare);
  for (const [system, rows] of answers) {
    const split = lag.has(system) ? rows.findIndex(({ key }) => main === undefined || compare(key, main) > 0) : 0;
    const late = split < 0 ? rows.length : split;
    owed.add(system, rows.slice(0, late));
    next.add(system, rows.slice(late));
    if (late === 0) lag.delete(system);
  }

  while (edges.length < size) {
    const taken = owed.take();
    if (taken === undefined) break;
    if (taken.last) lag.delete(taken.system);
    else lag.set(taken.system, taken.row.key);
    edges.push({ row: taken.row, system: taken.system, late: true, position: { main, lag: new Map(lag) } });
  }

  // Only reached with room left when nobody owes anything more: what is left in `lag` is away.
  const behind = new Map(missing.map((system) => [system, lag.has(system) ? lag.get(system) : main] as const));
  while (edges.length < size) {
    const taken = next.take();
    if (taken === undefined) break;
    edges.push({ row: taken.row, system: taken.system, late: false, position: { main: taken.row.key, lag: behind } });
  }

  return {
    edges,
    hasNextPage: !owed.isEmpty || !next.isEmpty || input.away.length > 0,
    end: edges.at(-1)?.position ?? { main, lag },
  };
}

interface Queue<Row> {
  readonly system: string;
  readonly rows: readonly Row[];
  at: number;
}

/** Sorted rows of several systems, taken smallest first. */
class Queues<Row extends Keyed> {
  readonly #compare: Compare;
  #queues: Queue<Row>[] = [];

  constructor(compare: Compare) {
    this.#compare = compare;
  }

  get isEmpty(): boolean {
    return this.#queues.length === 0;
  }

  add(system: string, rows: readonly Row[]): void {
    if (rows.length > 0) this.#queues.push({ system, rows, at: 0 });
  }

  /** @returns The smallest row and whether it was the last of its system; undefined when none is left. */
  take(): { readonly row: Row; readonly system: string; readonly last: boolean } | undefined {
    let least: Queue<Row> | undefined;
    let row: Row | undefined;
    for (const queue of this.#queues) {
      const head = queue.rows[queue.at];
      if (head !== undefined && (row === undefined || this.#compare(head.key, row.key) < 0)) [least, row] = [queue, head];
    }
    if (least === undefined || row === undefined) return undefined;
    least.at++;
    const last = least.at === least.rows.length;
    if (last) this.#queues = this.#queues.filter((queue) => queue !== least);
    return { row, system: least.system, last };
  }
}
