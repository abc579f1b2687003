-- A version without its outbox row would be a change nobody is ever told of: bulk calls and COPY bypass the one function
-- that writes, so the database itself refuses at commit (design/feed.md 1). Superseded versions are history, not changes; a
-- change that is still sealed has its row among those that wait.
create or replace function hub_outbox_guard() returns trigger
language plpgsql as $$
begin
  if not new.superseded and not exists (
    select 1 from outbox
    where outbox.system = new.system and outbox.dataset = new.dataset
      and outbox.key = new.key and outbox.version = new.version
  ) and not exists (
    select 1 from sealed_change as sealed
    where sealed.system = new.system and sealed.dataset = new.dataset and sealed.key = new.key and sealed.version = new.version
  ) then
    raise exception 'version % of %/%/% has no outbox row', new.version, new.system, new.dataset, new.key
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
