/**
 * A reader that goes through a list page by page while systems fail and come back, and what it was given.
 * @see design/partitioning.md P1
 */
import { type Schedule, apply } from './outages.ts';
import type { Federation } from './federation.ts';

/** One row as the reader got it. */
export interface ReadRow {
  readonly id: string;
  readonly late: boolean;
}

/** One page as the reader got it. */
export interface ReadPage {
  readonly rows: readonly ReadRow[];
  readonly hasNextPage: boolean;
  readonly endCursor: string;
  /** Codes of the systems said to be missing. */
  readonly missing: readonly string[];
}

/** Gives the page after a cursor; undefined when no page can be given at present. */
export type Pages = (after: string | null) => Promise<ReadPage | undefined>;

/** One page, and which systems took no connection while it was read. */
export interface SeenPage extends ReadPage {
  readonly down: readonly string[];
}

/** Everything the reader got, in order. */
export interface Reading {
  readonly pages: readonly SeenPage[];
  readonly rows: readonly ReadRow[];
  /** Whether the list came to its end. */
  readonly ended: boolean;
}

/** How long a reader is patient once everything is well: no list of these tests has that many pages. */
const mostPages = 400;

/** What a reader reads, and what happens meanwhile. */
export interface ReadingOptions {
  readonly schedule: Schedule;
  readonly pages: Pages;
  /** Called before each page of the schedule. */
  readonly meanwhile?: () => Promise<void>;
  /** Called when all systems are well again. */
  readonly healed?: () => void;
}

/** Reads a list under a schedule, then on with all systems well until there is no next page. */
export async function readList(federation: Federation, { schedule, pages, meanwhile, healed }: ReadingOptions): Promise<Reading> {
  const read: SeenPage[] = [];
  const down = new Set<string>();
  let after: string | null = null;
  const next = async (): Promise<boolean> => {
    const page = await pages(after);
    if (page === undefined) return true;
    read.push({ ...page, down: [...down] });
    after = page.endCursor;
    return page.hasNextPage;
  };
  let more = true;
  for (const step of schedule) {
    await apply(step, federation.proxies);
    for (const [system, behaviour] of step.behaviours) {
      if (behaviour === 'refused') down.add(system);
      else down.delete(system);
    }
    federation.clock.advance(step.advanceMs);
    await meanwhile?.();
    more = await next();
    if (!more) break;
  }
  await federation.heal();
  down.clear();
  if (more) healed?.();
  while (more && read.length < mostPages) more = await next();
  return { pages: read, rows: read.flatMap(({ rows }) => rows), ended: !more };
}
