-- Every single character and every pair of neighbours of a text, lower-cased: an inverted index over these finds
-- two-character Chinese words, which trigrams cannot.
create or replace function hub_grams(input text) returns text[]
language sql immutable parallel safe strict as $$
  select array_agg(distinct substr(lower(input), place, width))
  from generate_series(1, char_length(input)) as place, (values (1), (2)) as widths(width)
  where place + width - 1 <= char_length(input)
$$;
