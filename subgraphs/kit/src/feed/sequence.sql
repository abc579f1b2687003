-- Gives positions to changes that have none: one statement, because rows read first and fenced afterwards would lose those
-- that commit in between. What is behind the fence waits: a transaction that is still open anywhere in the cluster may yet
-- bring changes that sort before it. Earlier eras were committed when their dump was made, so no fence is before them.
-- `last` comes from the feed itself and `outbox` is unique there, so a crash neither skips nor repeats, and of two sequencers
-- at once one fails as a whole (design/feed.md 2).
with last as materialized (
  select era, xid, outbox from feed order by era desc, xid desc, outbox desc limit 1
), ready as materialized (
  select id, system, era, xid, row_number() over (partition by system order by era, xid, id) as turn
  from (
    select id, system, era, xid from outbox
    where (era, xid, id) > (
        coalesce((select era from last), -1), coalesce((select xid from last), '0'::xid8), coalesce((select outbox from last), 0))
      and (era < (select hub_era()) or xid < pg_snapshot_xmin(pg_current_snapshot()))
    order by era, xid, id
    limit $1::int
  ) fenced
), heads as materialized (
  select system, coalesce(
    (select position from feed where feed.system = changed.system order by position desc limit 1), 0) as position
  from (select distinct system from ready) changed
)
insert into feed (system, position, outbox, era, xid, sequenced_at)
select system, heads.position + ready.turn, id, era, xid, clock_timestamp() from ready join heads using (system)
