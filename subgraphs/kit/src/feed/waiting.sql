-- Whether changes wait behind the fence, and where it stands: the oldest transaction that may still write, in any database of
-- the cluster (design/feed.md 3). The oldest by the order's own index: `exists` would read the whole outbox to find none.
with last as materialized (
  select era, xid, outbox from feed order by era desc, xid desc, outbox desc limit 1
)
select pg_snapshot_xmin(pg_current_snapshot())::text as fence, (
  select id from outbox where (era, xid, id) > (
    coalesce((select era from last), -1), coalesce((select xid from last), '0'::xid8), coalesce((select outbox from last), 0))
  order by era, xid, id limit 1
) is not null as waiting
