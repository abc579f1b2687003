-- What a consumer keeps. `place` is the leaf of the proof (hash of the entry's name, hash of its line), so that no line is read
-- again to compare; a root of a whole segment is kept once, for a segment never changes.
create table if not exists pulled_cursor (
  stream text primary key,
  epoch text,
  position bigint not null default 0,
  statements bigint not null default 0,
  confirmed bigint not null default 0,
  -- Public keys that are believed, PEM after PEM.
  signer text
);
create table if not exists pulled_entry (
  stream text not null,
  position bigint not null,
  system text not null,
  dataset text not null,
  key text not null,
  version int not null,
  op text not null,
  place bytea not null,
  line text not null,
  primary key (stream, position),
  unique (stream, system, dataset, key, version)
);
create table if not exists pulled_segment (
  stream text not null,
  number bigint not null,
  key_root bytea not null,
  primary key (stream, number)
);
-- Entries that the hub lost when it was restored: not there at their positions any more, and never deleted.
create table if not exists pulled_aside (
  stream text not null,
  epoch text not null,
  position bigint not null,
  system text not null,
  dataset text not null,
  key text not null,
  version int not null,
  op text not null,
  place bytea not null,
  line text not null,
  aside_at timestamptz not null default clock_timestamp(),
  primary key (stream, epoch, position, place)
);
-- Of them those whose content has not come again: to be told to the province.
create or replace view pulled_lost as
  select * from pulled_aside a where not exists (
    select from pulled_entry e where e.stream = a.stream and e.system = a.system and e.dataset = a.dataset and e.key = a.key
      and e.op = a.op and e.line::json->>'hash' = a.line::json->>'hash');
-- The records that stand.
create or replace view pulled_record as
  select distinct on (stream, system, dataset, key) stream, system, dataset, key, version, position, line::json as entry
  from pulled_entry order by stream, system, dataset, key, version desc
