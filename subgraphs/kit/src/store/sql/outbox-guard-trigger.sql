do $$
begin
  if not exists (select 1 from pg_trigger where tgrelid = 'record_version'::regclass and tgname = 'record_version_outbox') then
    create constraint trigger record_version_outbox
    after insert or update on record_version deferrable initially deferred
    for each row execute function hub_outbox_guard();
  end if;
end
$$;
