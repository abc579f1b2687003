-- The same over a list of texts. It repeats the lines above instead of calling the other function: PostgreSQL builds indexes
-- under an empty search path, where an unqualified name is not found.
create or replace function hub_list_grams(input text[]) returns text[]
language plpgsql immutable parallel safe strict as $$
declare
  found text[] := '{}';
  item text;
  grams text[];
  singles int;
begin
  foreach item in array input loop
    continue when item is null;
    grams := string_to_array(lower(item collate "C"), null);
    singles := cardinality(grams);
    for place in 1 .. singles - 1 loop
      grams[singles + place] := grams[place] || grams[place + 1];
    end loop;
    found := found || grams;
  end loop;
  return found;
end
$$;
