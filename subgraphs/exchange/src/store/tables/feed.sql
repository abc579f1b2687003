-- The streams: `hub` holds every accepted change, `receipts:CODE` the receipts of one system. The names of columns are those of
-- the kit's sequencer, to which a stream is a system (design/feed.md 2).
create table if not exists outbox (
  id bigserial primary key,
  xid xid8 not null default pg_current_xact_id(),
  era int not null default 0,
  system text collate "C" not null,
  change bigint,
  -- Entry of a stream that has no change of its own: JSON without its position.
  body text
);
create unique index if not exists outbox_change on outbox (change) where change is not null;

create table if not exists feed (
  system text collate "C",
  position bigint,
  outbox bigint not null unique,
  era int not null,
  xid xid8 not null,
  sequenced_at timestamptz(6) not null,
  primary key (system, position)
);

create table if not exists feed_era (era int primary key, cluster bigint not null);

create table if not exists hub_stamp (name text collate "C" primary key, value text not null);
