-- Every single character and every pair of neighbours of a text: an inverted index over these finds two-character Chinese
-- words, which trigrams cannot. Case is folded for the Latin letters only, the same in every database (collation C).
create or replace function hub_grams(input text) returns text[]
language plpgsql immutable parallel safe strict as $$
declare
  grams text[] := string_to_array(lower(input collate "C"), null);
  singles int := cardinality(grams);
begin
  for place in 1 .. singles - 1 loop
    grams[singles + place] := grams[place] || grams[place + 1];
  end loop;
  return grams;
end
$$;
