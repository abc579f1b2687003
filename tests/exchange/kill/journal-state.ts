/**
 * What must hold of a system's part of the journal at any moment, whatever died before it.
 * @see design/feed.md 1 and 8
 */
import type postgres from 'postgres';

/** What holds; a journal of which anything is false was left half written, or written twice. */
export interface Soundness {
  /** Positions 1 to the one taken, each once. */
  readonly dense: boolean;
  /** What was accepted is on its way to the hub's feed, once; nothing else is. */
  readonly told: boolean;
  /** Receipts follow each other from 1 to the position taken, and count what there is. */
  readonly receipted: boolean;
  /** Each record stands where its last accepted change says. */
  readonly standing: boolean;
  /** Codes are those of records that stand and are not withdrawn. */
  readonly codes: boolean;
  /** Raw bytes are kept of each change that could not be read. */
  readonly raw: boolean;
}

/** All of it. */
export const sound: Soundness = { dense: true, told: true, receipted: true, standing: true, codes: true, raw: true };

/** @param sql - Sees the exchange's tables. */
export async function soundnessOf(sql: postgres.Sql, system: string): Promise<Soundness | undefined> {
  const [found] = await sql<Soundness[]>`
    with own as (select * from change where system = ${system}),
    taken as (select coalesce((select position from source where system = ${system}), 0) as position),
    accepted as (select * from own where state = 'ACCEPTED'),
    receipts as (
      select (b->>'from')::bigint as "from", (b->>'to')::bigint as "to", (b->>'accepted')::int as accepted, (b->>'refused')::int as refused,
        lag((b->>'to')::bigint, 1, 0::bigint) over (order by id) as before
      from (select id, ('{' || body)::jsonb as b from outbox where system = ${`receipts:${system}`}) told
    ),
    last as (select distinct on (dataset, key) * from accepted order by dataset, key, position desc)
    select
      (select count(*) = t.position and count(distinct position) = t.position and coalesce(max(position), 0) = t.position from own) as dense,
      (select count(*) = (select count(*) from accepted) from outbox o join own c on c.id = o.change where o.system = 'hub')
        and not exists (select from accepted where not exists (select from outbox where change = accepted.id)) as told,
      (select coalesce(bool_and("from" = before + 1), true) and coalesce(max("to"), 0) = t.position
        and coalesce(sum(accepted), 0) = (select count(*) from accepted)
        and coalesce(sum(accepted + refused), 0) = t.position from receipts) as receipted,
      not exists (select from last l full join (select * from record where system = ${system} and change is not null) r
        on r.dataset = l.dataset and r.key = l.key
        where (r.change, r.version, r.hash, r.op) is distinct from (l.id, l.version, l.hash, l.op)) as standing,
      (select count(distinct key) from code where system = ${system}) = (select count(*) from last where op = 'put') as codes,
      (select count(*) from unusable u join own c on c.id = u.change)
        = (select count(*) from own where violations @> '[{"rule": "MESSAGE_UNREADABLE"}]') as raw
    from taken t`;
  return found;
}

/** @returns What became of each position, told without what names the system or the moment. */
export async function decisionsOf(sql: postgres.Sql, system: string): Promise<readonly unknown[]> {
  return sql`select c.position, c.dataset, c.key, c.version, c.op, c.state, c.violations, r.version as stands,
      array(select replace(value, upper(c.system), '') from code where system = c.system and dataset = c.dataset and key = c.key order by value) as codes
    from change c left join record r on r.system = c.system and r.dataset = c.dataset and r.key = c.key
    where c.system = ${system} order by c.position`;
}

/** Whether what has positions in the hub's feed is dense, each change once, and in the order of each system's own positions. */
export async function isFeedDense(sql: postgres.Sql): Promise<boolean> {
  const [found] = await sql<{ dense: boolean }[]>`
    with told as (
      select f.system, f.position, f.outbox, c.system as source, c.position as "sourcePosition",
        row_number() over (partition by f.system order by f.position) as turn,
        lag(c.position, 1, 0::bigint) over (partition by f.system, c.system order by f.position) as before
      from feed f join outbox o on o.id = f.outbox left join change c on c.id = o.change
    )
    select (select count(*) from feed) = (select count(*) from outbox)
      and not exists (select from told where position <> turn or (source is not null and "sourcePosition" <= before)) as dense`;
  return found?.dense ?? false;
}
