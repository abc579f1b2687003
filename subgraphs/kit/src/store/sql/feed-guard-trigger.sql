do $$
declare
  kept text;
begin
  foreach kept in array array['feed', 'outbox'] loop
    if not exists (select 1 from pg_trigger where tgrelid = kept::regclass and tgname = kept || '_guard') then
      execute format('create trigger %I before update or delete on %I
        for each statement execute function hub_feed_guard()', kept || '_guard', kept);
    end if;
  end loop;
end
$$;
