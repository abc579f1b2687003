-- What was given a position keeps it for ever, and so does what stands there: closed segments are copied and cached, and a
-- position that says something else afterwards would never be noticed (design/feed.md 7).
create or replace function hub_feed_guard() returns trigger
language plpgsql as $$
begin
  raise exception '% is never altered: withdraw the record instead', tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$$;
