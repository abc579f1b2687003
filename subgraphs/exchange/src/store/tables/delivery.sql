-- What became of entries of the hub's feed at the nation. PUSH: one row for each entry that was sent, in the order of positions.
-- PULL: what the nation confirmed is kept as ranges, and only what it refused has rows (standard/exchange.md 8).
create table if not exists delivery (
  channel text collate "C" not null check (channel in ('PUSH', 'PULL')),
  position bigint not null,
  state text collate "C" not null check (state in ('PENDING', 'SENT', 'CONFIRMED', 'REFUSED')),
  attempts int not null default 0,
  -- The nation's own code of what is wrong, if it has any.
  code text,
  -- What the nation said of it, or what kept it from saying anything.
  words text,
  -- Whether the nation answered at all when it was last sent.
  answered boolean not null default false,
  retry_at timestamptz(6),
  sent_at timestamptz(6),
  settled_at timestamptz(6),
  primary key (channel, position)
);
create index if not exists delivery_open on delivery (position) where channel = 'PUSH' and state in ('PENDING', 'SENT');
create index if not exists delivery_refused on delivery (position) where state = 'REFUSED';
-- Numbered without a gap, in the order in which they came; the same range again is the same confirmation.
create table if not exists confirmation (
  number bigint primary key,
  epoch text collate "C" not null,
  from_position bigint not null,
  to_position bigint not null,
  accepted int not null,
  refused int not null,
  -- Positions of the range that no earlier one had answered.
  added int not null,
  confirmed_at timestamptz(6) not null default clock_timestamp(),
  unique (epoch, from_position, to_position)
);
-- Of those before there was this column.
alter table confirmation add column if not exists added int not null default 0;
create index if not exists confirmation_end on confirmation (to_position);
-- Positions whose lines were sent to the nation when it pulled: ranges that neither overlap nor touch.
create table if not exists served_range (
  stream text collate "C" not null,
  from_position bigint not null,
  to_position bigint not null,
  primary key (stream, from_position)
);
