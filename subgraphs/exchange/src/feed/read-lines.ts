/**
 * Lines of the hub's feed, and of its state at a position, as they are stored.
 * @see design/feed.md 5 and 7
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { type HubFilter, hubCondition } from './hub-filter.ts';

/** One change of the hub's feed. */
export interface HubLine {
  readonly position: number;
  /** Canonical text without a line feed: what is hashed and proved. */
  readonly line: string;
}

/** Which changes are wanted. */
export interface LineRange {
  /** Position before the first. */
  readonly after: number;
  /** Position of the last. */
  readonly upTo: number;
  readonly filter: HubFilter;
  readonly most: number;
}

/** Part of a range, from its beginning. */
export interface Lines {
  readonly entries: readonly HubLine[];
  /** Position up to which they are complete. */
  readonly to: number;
}

/** Bytes of a page beyond which it ends early; the first change always comes. */
const pageBytes = 4 * 1024 * 1024;

/** @returns The range's changes in order, as far as a page holds them. */
export function linesIn(db: Kysely<unknown>, range: LineRange): Promise<Lines> {
  return read(db, range, sql`true`);
}

/** @returns Of the records that stand at position `at`, the changes that made them so, in the range. */
export function standingIn(db: Kysely<unknown>, range: LineRange, at: number): Promise<Lines> {
  const replaced = sql`select from change later join outbox lo on lo.change = later.id join feed lf on lf.outbox = lo.id
    where later.system = c.system and later.dataset = c.dataset and later.key = c.key and later.version > c.version
      and lf.position <= ${at}::bigint`;
  return read(db, range, sql`c.op = 'put' and not exists (${replaced})`);
}

/** @returns The change at a position; undefined when there is none. */
export async function readHubLine(db: Kysely<unknown>, position: number): Promise<HubLine | undefined> {
  const { entries } = await linesIn(db, { after: position - 1, upTo: position, filter: {}, most: 1 });
  return entries[0];
}

async function read(db: Kysely<unknown>, { after, upTo, filter, most }: LineRange, condition: RawBuilder<unknown>): Promise<Lines> {
  const found = await sql<{ position: string; line: string; all: string }>`
    with page as materialized (
      select f.position, '{"position":' || f.position || ',' || c.body as line
      from feed f join outbox o on o.id = f.outbox join change c on c.id = o.change
      where f.system = 'hub' and f.position > ${after}::bigint and f.position <= ${upTo}::bigint and ${hubCondition(filter)} and ${condition}
      order by f.position limit ${most}
    ), measured as (
      select *, sum(octet_length(line)) over (order by position) as bytes, row_number() over (order by position) as turn,
        count(*) over () as all
      from page
    ) select position, line, "all" from measured where turn = 1 or bytes <= ${pageBytes} order by position`.execute(db);
  const entries = found.rows.map(({ position, line }) => ({ position: Number(position), line }));
  const cut = entries.length === most || entries.length < Number(found.rows[0]?.all ?? 0);
  return { entries, to: cut ? (entries.at(-1)?.position ?? upTo) : upTo };
}
