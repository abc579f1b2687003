-- A version without its outbox row would be a change nobody is ever told of: bulk calls and COPY bypass the one function
-- that writes, so the database itself refuses at commit (design/feed.md 1). Superseded versions are history, not changes.
create or replace function hub_outbox_guard() returns trigger
language plpgsql as $$
begin
  if not new.superseded and not exists (
    select 1 from outbox
    where outbox.system = new.system and outbox.dataset = new.dataset
      and outbox.key = new.key and outbox.version = new.version
  ) then
    raise exception 'version % of %/%/% has no outbox row', new.version, new.system, new.dataset, new.key
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;
