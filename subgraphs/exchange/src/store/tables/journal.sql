-- What the exchange knows of each system, and every change it took. Positions 1 to n of a system's epoch are accepted, refused
-- or waiting, one of the three; those up to `snapshot` are told by the records that stood there (design/feed.md 5 and 6).
create table if not exists source (
  system text collate "C" primary key,
  epoch text collate "C",
  -- Taken through; positions follow each other without a gap.
  position bigint not null default 0,
  -- Position of the snapshot with which the epoch began; 0: at its beginning.
  snapshot bigint not null default 0,
  -- Where to go on; null: at the position, which a cursor was never given for.
  cursor text,
  -- The system's last position, as it was last heard.
  head bigint not null default 0,
  state text collate "C" not null default 'NEW',
  since timestamptz(6) not null default now(),
  fault_code text collate "C",
  fault_zh text,
  fault_en text,
  evidence text,
  failures int not null default 0,
  retry_at timestamptz(6),
  -- How far the system's clock is before the exchange's.
  offset_ms bigint,
  heard_at timestamptz(6)
);

-- `body` is the entry of the hub's feed without its position, fixed when the change is accepted: nothing is rendered again.
create table if not exists change (
  id bigint generated always as identity primary key,
  system text collate "C" not null,
  epoch text collate "C" not null,
  position bigint not null,
  dataset text collate "C" not null,
  key text collate "C" not null,
  version int not null,
  op text collate "C" not null,
  hash text collate "C" not null,
  body text not null,
  state text collate "C" not null check (state in ('ACCEPTED', 'REFUSED', 'WAITING')),
  violations jsonb not null default '[]',
  -- Digest of the rules it was judged by.
  rules text collate "C" not null,
  contract text collate "C" not null,
  categories text[] not null default '{}',
  data_timestamp text,
  received_at timestamptz(6) not null,
  harvested_at timestamptz(6) not null,
  -- Null while it waits.
  decided_at timestamptz(6),
  unique (system, epoch, position)
);
-- Bodies of up to 8 KiB stay in their row as they are: compressing took every fifth of them, and saved an eighth.
alter table change set (toast_tuple_target = 8160);
create index if not exists change_record on change (system, dataset, key, version);
create index if not exists change_refused on change (system, id) where state = 'REFUSED';

-- Where each record stands: the last change that was accepted, and the last version that was given, waiting ones among them.
create table if not exists record (
  system text collate "C",
  dataset text collate "C",
  key text collate "C",
  -- Null: none was accepted yet.
  change bigint,
  version int not null,
  hash text collate "C",
  op text collate "C",
  -- Changes of it that wait: a later one never overtakes them.
  waiting int not null default 0,
  -- Epoch in which it was last told.
  epoch text collate "C" not null,
  primary key (system, dataset, key)
);

-- Business codes of records that stand, by which rules find parents and doubles.
create table if not exists code (
  dataset text collate "C",
  field text collate "C",
  value text collate "C",
  system text collate "C",
  key text collate "C",
  primary key (dataset, field, value, system, key)
);
create index if not exists code_record on code (system, dataset, key);

-- What a waiting change waits for; without a dataset: for an earlier change of its record.
create table if not exists waiting (
  change bigint not null,
  system text collate "C" not null,
  dataset text collate "C",
  field text collate "C",
  value text collate "C",
  -- System in which it is looked for; null: in all of them.
  within text collate "C",
  -- When it is decided without it.
  until timestamptz(6),
  -- Not looked at before: what came was not what it waits for.
  again timestamptz(6)
);
create index if not exists waiting_change on waiting (change);
create index if not exists waiting_for on waiting (dataset, field, value);
create index if not exists waiting_until on waiting (until);
