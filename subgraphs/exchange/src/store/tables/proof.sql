-- What the proof of a stream has closed. A segment's roots are made once, for its lines never change; statements are numbered
-- without a gap, so that who has the first n asks for the next (design/feed.md 9; schema/PROTOCOL.md «Proof»).
create table if not exists segment (
  stream text collate "C",
  number bigint,
  key_root bytea not null,
  -- What stands for the segment in the root of a range.
  root bytea not null,
  -- Of its lines with their line feeds.
  bytes bigint not null,
  closed_at timestamptz(6) not null default clock_timestamp(),
  primary key (stream, number)
);
create table if not exists statement (
  stream text collate "C",
  number bigint,
  kind text collate "C" not null check (kind in ('SEGMENT', 'WHOLE', 'DAY')),
  -- Of DAY: the day in UTC+8.
  day date,
  epoch text collate "C" not null,
  from_position bigint not null,
  to_position bigint not null,
  -- The line of a manifest, as it is served.
  line text not null,
  stated_at timestamptz(6) not null default clock_timestamp(),
  primary key (stream, number)
);
create unique index if not exists statement_day on statement (stream, day) where day is not null;
-- Public keys by which statements were signed: who checks an old one needs its key, long after another took its place.
create table if not exists statement_key (
  fingerprint text collate "C" primary key,
  pem text not null,
  first_at timestamptz(6) not null default clock_timestamp(),
  -- Null for the one that signs now.
  retired_at timestamptz(6)
);
