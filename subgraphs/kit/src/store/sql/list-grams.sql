-- The same over a list of texts. It repeats the two lines above instead of calling the other function: PostgreSQL builds
-- indexes under an empty search path, where an unqualified name is not found.
create or replace function hub_list_grams(input text[]) returns text[]
language sql immutable parallel safe strict as $$
  select array_agg(distinct substr(lower(item), place, width))
  from unnest(input) as item, generate_series(1, char_length(item)) as place, (values (1), (2)) as widths(width)
  where place + width - 1 <= char_length(item)
$$;
