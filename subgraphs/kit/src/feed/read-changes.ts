/**
 * Changes of one system's feed, and its state at a position, read from the store.
 * @see design/feed.md 5 and 7
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { type EntryRow, type FeedEntry, entryColumns, entryTables, feedEntry } from './feed-entry.ts';
import { type FeedFilter, filterCondition } from './filter.ts';

/** Which changes are wanted. */
export interface Range {
  readonly system: string;
  /** Position before the first. */
  readonly after: number;
  /** Position of the last. */
  readonly upTo: number;
  readonly filter: FeedFilter;
  readonly most: number;
}

/** Payload of one page, bytes, beyond which it ends early; the first change always comes. */
const pageBytes = 4 * 1024 * 1024;

/** Part of a range, from its beginning. */
export interface Changes {
  readonly entries: readonly FeedEntry[];
  /** Position up to which they are complete. */
  readonly to: number;
}

/** @returns The range's changes in order, as far as a page holds them. */
export function changesIn(db: Kysely<unknown>, range: Range): Promise<Changes> {
  return read(db, range, sql`true`);
}

/** @returns Of the records that stand at position `at`, the changes that made them so, in the range. */
export function standingIn(db: Kysely<unknown>, range: Range, at: number): Promise<Changes> {
  const replaced = sql`select from outbox later join feed g on g.outbox = later.id
    where later.system = o.system and later.dataset = o.dataset and later.key = o.key and later.version > o.version
      and g.position <= ${at}::bigint`;
  return read(db, range, sql`o.op = 'put' and not exists (${replaced})`);
}

async function read(db: Kysely<unknown>, range: Range, condition: RawBuilder<unknown>): Promise<Changes> {
  const { system, after, upTo, filter, most } = range;
  const found = await sql<EntryRow & { readonly all: string }>`
    with page as materialized (
      select ${entryColumns} from ${entryTables}
      where f.system = ${system} and f.position > ${after}::bigint and f.position <= ${upTo}::bigint
        and ${filterCondition(filter)} and ${condition}
      order by f.position limit ${most}
    ), measured as (
      select *, sum(octet_length(coalesce(payload, wire::text))) over (order by position) as bytes,
        row_number() over (order by position) as turn, count(*) over () as all
      from page
    ) select * from measured where turn = 1 or bytes <= ${pageBytes} order by position`.execute(db);
  const entries = found.rows.map(feedEntry);
  const cut = entries.length === most || entries.length < Number(found.rows[0]?.all ?? 0);
  return { entries, to: cut ? (entries.at(-1)?.position ?? upTo) : upTo };
}
