/**
 * A filter judged by the rows themselves: what the filtered list begins with must be exactly those rows of the unfiltered one
 * that show what was asked for. So a row too many and a row lost are both seen, however long the list is.
 * @see schema/PROTOCOL.md 2
 */
import type { Judge } from '../judge.ts';
import { printQuestion } from '../ask/answer.ts';
import type { Endpoint } from '../ask/endpoint.ts';
import { type Row, mostOfPage, readPage } from './rows.ts';
import type { Sample } from './subject.ts';

/** A filter, and which rows it asks for. */
export interface FilterCase {
  readonly filter: Readonly<Record<string, unknown>>;
  readonly matches: (row: Row) => boolean;
}

/** Asks the filtered list and tells the judge whether its rows are those that match. */
export async function judgeFilter(
  endpoint: Endpoint,
  sample: Sample,
  { filter, matches, judge }: FilterCase & { readonly judge: Judge },
): Promise<void> {
  const { list, rows, complete } = sample;
  // A row that comes twice is ID-003's to judge.
  const expected = [...new Set(rows.filter(matches).map(({ id }) => id))];
  const page = await readPage(endpoint, list, { filter, first: mostOfPage });
  const ids = page.rows.map(({ id }) => id);
  const known = new Set(rows.map(({ id }) => id));
  // Beyond the sample nothing is known but that none of its rows may come.
  const answered = complete ? ids : ids.filter((id, place) => place < expected.length || known.has(id));
  judge.same(printQuestion(page.question), { answered, expected: expected.slice(0, mostOfPage) });
}
