-- An accepted change without its outbox row would be one that nobody is ever told of; the database itself refuses it, once for
-- all changes of a statement: whoever accepts changes gives them their outbox rows in that very statement (design/feed.md 1).
create or replace function hub_accepted_guard() returns trigger
language plpgsql as $$
declare
  untold bigint;
begin
  select changed.id into untold from changed
  where changed.state = 'ACCEPTED' and not exists (select from outbox where outbox.change = changed.id) limit 1;
  if untold is not null then
    raise exception 'accepted change % has no outbox row', untold using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
drop trigger if exists change_accepted on change;
create or replace trigger change_inserted after insert on change referencing new table as changed
for each statement execute function hub_accepted_guard();
create or replace trigger change_updated after update on change referencing new table as changed
for each statement execute function hub_accepted_guard();
