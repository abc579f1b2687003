-- The clock that seals are judged by: the database's own, read at the moment of the question. A function of its own, so that
-- a test can stand a millisecond before and after an opening.
create or replace function hub_now() returns timestamptz
language sql volatile parallel safe as $$ select clock_timestamp() $$;
