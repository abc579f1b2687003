/**
 * All rows of one window of time, or the word that the portal did not give them all: it cuts lists silently, repeats pages and
 * changes totals, so what it gave is held against the total it told, before and after.
 * @see standard/exchange.md 3 «public read only»
 */
import type { PortalCall } from '../mapping/portal-call.ts';
import { printTime, resolutionMs } from '../mapping/time-format.ts';
import type { Row } from '../read/reader.ts';

import type { AskPortal } from './ask-portal.ts';
import { flatten, valuesAt } from './flatten.ts';

/** Instants, ms since 1970; the end is not part of it. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a portal gave, and what it said there is. */
export interface WindowRows {
  readonly rows: readonly Row[];
  readonly complete: boolean;
  readonly total: number;
}

/** How often a window is asked again whose total changed in between. */
const rounds = 3;

/** @param keyOf - What tells rows apart. */
export async function readWindow(
  ask: AskPortal,
  call: PortalCall,
  { window, keyOf }: { window: Window; keyOf: (row: Row) => string },
): Promise<WindowRows> {
  let last: WindowRows = { rows: [], complete: false, total: 0 };
  for (let round = 0; round < rounds && !last.complete; round += 1) {
    const read = await readPages(ask, call, { window, keyOf });
    last = { rows: read.rows, total: read.last, complete: read.first === read.last && read.rows.length >= read.last };
    // Asked again it would be cut again.
    if (read.first === read.last || read.last > call.mostRows) break;
  }
  return last.total > call.mostRows ? { ...last, complete: false } : last;
}

interface Pages {
  readonly rows: readonly Row[];
  readonly first: number;
  readonly last: number;
}

async function readPages(
  ask: AskPortal,
  { list, mostRows }: PortalCall,
  { window, keyOf }: { window: Window; keyOf: (row: Row) => string },
): Promise<Pages> {
  const slots = {
    size: list.pageSize,
    from: printTime(list.timeFormat, window.fromMs),
    // Both ends are inclusive.
    to: printTime(list.timeFormat, window.toMs - resolutionMs(list.timeFormat)),
  };
  const rows = new Map<string, Row>();
  let first: number | undefined;
  for (let page = list.firstPage; ; page += 1) {
    const answer = await ask(list, { ...slots, page });
    const last = Number(valuesAt(answer, list.total)[0] ?? Number.NaN);
    if (!Number.isInteger(last)) return { rows: [], first: 0, last: -1 };
    first ??= last;
    const given = valuesAt(answer, list.rows).flatMap((each): unknown[] => (Array.isArray(each) ? each : []));
    const before = rows.size;
    for (const row of given.map((item) => flatten(item, ''))) rows.set(keyOf(row), row);
    const ended = given.length < list.pageSize && rows.size >= last;
    if (ended || rows.size === before || last > mostRows) return { rows: [...rows.values()], first, last };
  }
}
