/**
 * What is wrong with what a reader got, in words: nothing, when the list was read as it must be.
 * @see design/partitioning.md «Page» I1–I4, P1
 */
import { decodeRecordId } from '@hub/schema';

import type { Reading } from './list-reading.ts';
import type { UnionRecord } from './union/union.ts';

/** What the reader should have got. */
export interface Expected {
  /** Rows that were there, matched and kept their place throughout, in order. */
  readonly table: readonly UnionRecord[];
  /** Ids that may come besides: rows that came, went or changed meanwhile. */
  readonly besides?: ReadonlySet<string>;
  /** Systems that the list is of; undefined: all of them. */
  readonly scope?: readonly string[] | undefined;
}

/** @returns Every breach of exactly-once delivery and of the order. */
export function listFaults({ rows, pages, ended }: Reading, { table, besides = new Set(), scope }: Expected): readonly string[] {
  const faults: string[] = [];
  const places = new Map(table.map(({ id }, place) => [id, place]));
  const times = Map.groupBy(rows, ({ id }) => id);
  if (!ended) faults.push('the list never ends');
  for (const [id, copies] of times) if (copies.length > 1 && places.has(id)) faults.push(`${id} came ${copies.length} times`);
  for (const { id } of table) if (!times.has(id)) faults.push(`${id} never came`);
  for (const { id } of rows) if (!places.has(id) && !besides.has(id)) faults.push(`${id} came and is not of the list`);
  const fresh = rows.filter(({ late }) => !late).flatMap(({ id }) => places.get(id) ?? []);
  if (fresh.some((place, index) => index > 0 && place <= (fresh[index - 1] ?? -1))) faults.push('fresh rows do not rise');
  if (besides.size === 0) faults.push(...falsePromises(pages));
  return [...faults, ...falseCoverage(pages, scope), ...emptyPages(pages, table), ...lateWithoutOutage(pages, table)];
}

/** With everybody there a next page is only promised when there are rows for it. */
function falsePromises(pages: Reading['pages']): readonly string[] {
  return pages.flatMap(({ hasNextPage, missing }, place) => {
    const next = pages[place + 1];
    const broken = hasNextPage && missing.length === 0 && next?.missing.length === 0 && next.rows.length === 0;
    return broken ? [`page ${place} promises a page that is empty`] : [];
  });
}

/** Coverage is right: who is down is named, and who is named has no row on the page. */
function falseCoverage(pages: Reading['pages'], scope: readonly string[] | undefined): readonly string[] {
  return pages.flatMap(({ rows, missing, down }, place) => [
    ...down
      .filter((system) => (scope?.includes(system) ?? true) && !missing.includes(system))
      .map((system) => `page ${place} does not say that ${system} is down`),
    ...rows
      .filter(({ id }) => missing.includes(decodeRecordId(id)?.system ?? ''))
      .map(({ id }) => `page ${place} has ${id} of a system that is missing`),
  ]);
}

/** I4: as long as a live system has rows that were not delivered, a page has a row. */
function emptyPages(pages: Reading['pages'], table: readonly UnionRecord[]): readonly string[] {
  const delivered = new Set<string>();
  return pages.flatMap(({ rows, missing }, place) => {
    for (const { id } of rows) delivered.add(id);
    const owed = table.filter(({ id, system }) => !delivered.has(id) && !missing.includes(system.code));
    return rows.length === 0 && owed.length > 0 ? [`page ${place} is empty while ${owed.length} rows of live systems wait`] : [];
  });
}

/** Only a system that was missing before has late rows. */
function lateWithoutOutage(pages: Reading['pages'], table: readonly UnionRecord[]): readonly string[] {
  const systems = new Map(table.map(({ id, system }) => [id, system.code]));
  const wereAway = new Set<string>();
  return pages.flatMap(({ rows, missing }) => {
    const wrong = rows.filter(({ id, late }) => late && !wereAway.has(systems.get(id) ?? '') && systems.has(id));
    for (const system of missing) wereAway.add(system);
    return wrong.map(({ id }) => `${id} is late though its system was never away`);
  });
}
