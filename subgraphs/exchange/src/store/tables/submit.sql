-- What was pushed, under whose key: a repeat gets the first receipt, for 400 days at least. A part is written in the transaction
-- of the very records it tells of, so that a receipt and its records are there together or not at all.
create table if not exists submission (
  sender text collate "C",
  system text collate "C",
  idempotency_key text collate "C",
  sha256 text collate "C" not null,
  format text collate "C" not null,
  -- Entries of the body; the receipt is whole when its parts hold as many.
  total int not null,
  received_at timestamptz(6) not null,
  primary key (sender, system, idempotency_key)
);
create index if not exists submission_received on submission (received_at);

create table if not exists submission_part (
  sender text collate "C",
  system text collate "C",
  idempotency_key text collate "C",
  part int,
  -- What became of each entry, in order.
  records jsonb not null,
  primary key (sender, system, idempotency_key, part),
  foreign key (sender, system, idempotency_key) references submission on delete cascade
);

-- Whose record a key of a shared register is: its first sender's.
create table if not exists sender_key (
  system text collate "C",
  dataset text collate "C",
  key text collate "C",
  sender text collate "C" not null,
  primary key (system, dataset, key)
);

-- Systems beyond those of the province folder whose records the hub keeps, and where it served them last.
create table if not exists hosted_system (
  system text collate "C" primary key,
  endpoint text not null,
  since timestamptz(6) not null default now()
);
