-- What could not be read as a change, as it came: bytes, for text cannot hold all of them.
create table if not exists unusable (
  change bigint primary key,
  raw bytea not null
);
