/**
 * Ways to follow changes that are committed out of order: the hub's, and three that others use and that lose rows. They are
 * kept so that the test which shows the hub's way complete is known to find what is lost.
 * @see design/feed.md
 */
import type postgres from 'postgres';

/** Follows the outbox: each call yields the ids that are new to it. */
export type FeedReader = () => Promise<readonly string[]>;

interface Row {
  readonly id: string;
}

/** «What has a higher number than the last one I saw»: numbers are given before commits. */
export function bySequence(sql: postgres.Sql): FeedReader {
  let last = '0';
  return async () => {
    const rows = await sql<Row[]>`select id from outbox where id > ${last}::bigint order by id`;
    last = rows.at(-1)?.id ?? last;
    return rows.map(({ id }) => id);
  };
}

/** «What is at least a second old»: a transaction may take longer. */
export function byWatermark(sql: postgres.Sql): FeedReader {
  let last = { at: '-infinity', id: '0' };
  return async () => {
    const rows = await sql<(Row & { readonly at: string })[]>`select o.id, v.received_at::text as at
      from outbox o join record_version v using (system, dataset, key, version)
      where v.received_at < clock_timestamp() - interval '1 second' and (v.received_at, o.id) > (${last.at}::text::timestamptz, ${last.id}::bigint)
      order by v.received_at, o.id`;
    last = rows.at(-1) ?? last;
    return rows.map(({ id }) => id);
  };
}

/** «What no open transaction can come before», but in the order of the numbers: a lower number may have the later transaction. */
export function byFenceAndSequence(sql: postgres.Sql): FeedReader {
  let last = '0';
  return async () => {
    const rows = await sql<Row[]>`select id from outbox
      where id > ${last}::bigint and xid < pg_snapshot_xmin(pg_current_snapshot()) order by id`;
    last = rows.at(-1)?.id ?? last;
    return rows.map(({ id }) => id);
  };
}

/** The feed of each system, by its positions. */
export function byPosition(sql: postgres.Sql): FeedReader {
  const last = new Map<string, string>();
  return async () => {
    const systems = await sql<{ system: string }[]>`select distinct system from feed`;
    const found: string[] = [];
    for (const { system } of systems) {
      const rows = await sql<(Row & { readonly position: string })[]>`select position, outbox as id from feed
        where system = ${system} and position > ${last.get(system) ?? '0'}::bigint order by position`;
      last.set(system, rows.at(-1)?.position ?? last.get(system) ?? '0');
      found.push(...rows.map(({ id }) => id));
    }
    return found;
  };
}
