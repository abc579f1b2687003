-- Refused changes of all systems, the newest first.
create index if not exists change_refused_all on change (id) where state = 'REFUSED';
