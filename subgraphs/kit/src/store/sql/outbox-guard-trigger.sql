do $$
begin
  if not exists (select 1 from pg_trigger where tgname = 'record_version_outbox') then
    create constraint trigger record_version_outbox
    after insert on record_version deferrable initially deferred
    for each row execute function hub_outbox_guard();
  end if;
end
$$;
