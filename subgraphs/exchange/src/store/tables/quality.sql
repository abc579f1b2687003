-- Counters of quality, kept by the transaction that journals and never made by counting again (standard/exchange.md 9).
-- A day is that on which the exchange took the changes, in UTC+8; a category is the trade's code, '' where there is none.
create table if not exists quality_day (
  system text collate "C",
  dataset text collate "C",
  category text collate "C",
  day date,
  changes int not null,
  accepted int not null,
  refused int not null,
  waiting int not null,
  -- Of the changes decided: those that break no rule of form, and of those, that break no rule at all.
  conforming int not null,
  accurate int not null,
  same_day int not null,
  days_2_3 int not null,
  days_4_7 int not null,
  later int not null,
  ahead int not null,
  primary key (system, day, category, dataset)
);
create index if not exists quality_day_by_day on quality_day (day);

create table if not exists quality_rule_day (
  system text collate "C",
  dataset text collate "C",
  category text collate "C",
  day date,
  rule text collate "C",
  field text collate "C",
  severity text collate "C",
  changes int not null,
  primary key (system, day, category, dataset, rule, field, severity)
);

-- Refusals of the day after which a later version of the record was accepted.
create table if not exists quality_repair_day (
  system text collate "C",
  dataset text collate "C",
  category text collate "C",
  day date,
  repaired int not null,
  primary key (system, day, category, dataset)
);
create index if not exists change_refused_record on change (system, dataset, key) where state = 'REFUSED';

-- Which stages were told of each lot; `day` is that of the first.
create table if not exists quality_lot (
  system text collate "C",
  category text collate "C",
  lot text collate "C",
  stage text collate "C",
  day date not null,
  primary key (system, category, lot, stage)
);
-- Of the lots whose outcome came on the day: how many have the stage.
create table if not exists quality_stage_day (
  system text collate "C",
  category text collate "C",
  day date,
  stage text collate "C",
  lots int not null,
  primary key (system, day, category, stage)
);

create table if not exists quality_hour (
  system text collate "C",
  hour timestamptz,
  changes int not null,
  primary key (system, hour)
);
