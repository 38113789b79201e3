-- Where a product stands among those that have the words of a text: rank, grade, whether it was bought before, how often it
-- is bought (by powers of two), and name.
--   0  the text is the SKU                     3  the name has all words: at the end of its first part, at its beginning,
--   1  the SKU begins with the text               elsewhere in its first part, anywhere
--   2  the text is the name's first part,      4  name and SKU have parts of words: at the name's beginning, at the beginnings
--      before a comma                             of words, anywhere
--   6  name, SKU and category have them        7  the description has some of them
-- 5 is kept for the pack. Blanks, punctuation and plurals do not count (fold_text, folded_words).
create or replace function product_place(
  p_company text, p_id text, p_patterns text[], p_squeezed text, p_bought boolean
) returns text
language plpgsql stable as $$
declare
  whole constant text[] := array(select ' ' || pattern || '(e?s)? ' from unnest(p_patterns) as pattern);
  starts constant text[] := array(select ' ' || pattern from unnest(p_patterns) as pattern);
  together constant text := array_to_string(p_patterns, '(e?s)? +') || '(e?s)? ';
  product record;
  words text;
  lines text[];
  name text;
  first_part text;
  called text;
  grade text;
begin
  select p.name_key, p.search_key, s.times_ordered into product
  from products p
  cross join lateral (
    select * from stock_levels where company_id = p_company and product_id = p.id limit 1
  ) s
  where p.company_id = p_company and p.id = p_id;
  words := product_words(product.search_key);
  lines := string_to_array(words, E'\n');
  name := ' ' || lines[2] || ' ';
  first_part := ' ' || fold_text(split_part(product.name_key, ',', 1)) || ' ';
  called := name || ' ' || lines[3] || ' ' || lines[1] || ' ';
  grade := case
    when name ~ all (whole) then case
      when first_part ~ ('^ +' || together || '*$') then '20'
      when first_part ~ (' ' || together || '*$') then '30'
      when name ~ ('^ +' || together) then '31'
      when first_part ~ all (whole) then '32'
      else '33'
    end
    when name ~ ('^ +' || array_to_string(p_patterns, ' +')) then '40'
    when called ~ all (starts) then '41'
    when called ~ all (p_patterns) then '42'
    when called || lines[4] || ' ' ~ all (whole) then '60'
    when called || lines[4] ~ all (p_patterns) then '61'
    when ' ' || replace(words, E'\n', ' ') || ' ' ~ all (whole) then '70'
    when ' ' || replace(words, E'\n', ' ') ~ all (starts) then '71'
    else '72'
  end;
  return case
    when lines[1] = p_squeezed then '0' || left(grade, 1)
    when left(lines[1], length(p_squeezed)) = p_squeezed then '1' || left(grade, 1)
    else grade
  end
    || case when p_bought then '0' else '1' end
    || to_hex(15 - least(15, floor(log(2, product.times_ordered + 1))::integer))
    || product.name_key;
end
$$;
