-- An accepted change without its outbox row would be one that nobody is ever told of; the database itself refuses it at commit
-- (design/feed.md 1).
create or replace function hub_accepted_guard() returns trigger
language plpgsql as $$
begin
  if not exists (select 1 from outbox where outbox.change = new.id) then
    raise exception 'accepted change % has no outbox row', new.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
do $$
begin
  if not exists (select 1 from pg_trigger where tgrelid = 'change'::regclass and tgname = 'change_accepted') then
    create constraint trigger change_accepted after insert or update on change deferrable initially deferred
    for each row when (new.state = 'ACCEPTED') execute function hub_accepted_guard();
  end if;
end
$$;
