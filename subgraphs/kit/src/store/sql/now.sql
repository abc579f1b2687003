-- The clock that seals are judged by: the database's own, at the moment the statement came, the same for all of its rows. A
-- function of its own, so that a test can stand a millisecond before and after an opening; stable, so that a seal can be
-- judged by one join instead of row by row.
create or replace function hub_now() returns timestamptz
language sql stable parallel safe as $$ select statement_timestamp() $$;
