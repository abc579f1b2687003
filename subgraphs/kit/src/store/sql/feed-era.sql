-- The era of this cluster: transaction ids start again where a dump is restored into another cluster, and without an era every
-- later change would silently sort before what was already sequenced (design/feed.md 2). Whoever writes or sequences first in a
-- cluster opens its era; going back to an earlier cluster is another era again. Looked up once a transaction: reading the
-- identifier reads a file.
create or replace function hub_era() returns integer
language plpgsql volatile as $$
declare
  own_cluster bigint;
  own_era integer := nullif(current_setting('hub.era', true), '');
begin
  if own_era is not null then
    return own_era;
  end if;
  own_cluster := (select system_identifier from pg_control_system());
  loop
    select era into own_era from feed_era
    where cluster = own_cluster and era = (select max(era) from feed_era);
    exit when own_era is not null;
    -- Of two that come at once the second waits here for the first.
    insert into feed_era (era, cluster)
    select coalesce(max(era), 0) + 1, own_cluster from feed_era on conflict (era) do nothing;
  end loop;
  perform set_config('hub.era', own_era::text, true);
  return own_era;
end
$$;
