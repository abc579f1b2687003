-- The same over a list of texts.
create or replace function hub_list_grams(input text[]) returns text[]
language sql immutable parallel safe strict as $$
  select array_agg(distinct gram) from unnest(input) as item, unnest(hub_grams(item)) as gram
$$;
