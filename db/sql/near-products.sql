-- The word with two neighbouring letters swapped, in all ways, as a regular expression.
create or replace function swapped(p_word text) returns text
language sql immutable strict parallel safe
return (
  select string_agg(left(p_word, n - 1) || substr(p_word, n + 1, 1) || substr(p_word, n, 1) || substr(p_word, n + 2), '|')
  from generate_series(1, length(p_word) - 1) as n
);

-- What one wrong, missing, doubled or swapped letter makes of a word, as a regular expression.
create or replace function misspelled(p_word text) returns text
language sql immutable strict parallel safe
return (
  select string_agg(left(p_word, n - 1) || '[^ ]{0,2}' || substr(p_word, n + 1), '|') || '|' || swapped(p_word)
  from generate_series(1, length(p_word)) as n
);

-- A word as it sounds: its first letter and the consonants that follow, none of them doubled.
create or replace function consonants(p_text text) returns text
language sql immutable strict parallel safe
return regexp_replace(regexp_replace(p_text, '\Y[aeiouyh]+', '', 'g'), '(\w)\1+', '\1', 'g');

-- Products whose names look like a text, and how much, from 0 to 1. A word with one wrong letter, or with other vowels, counts
-- nearly as much as the word; one that only category or description has counts less.
create or replace function near_products(p_company text, p_text text) returns table (id text, likeness double precision)
language sql stable as $$
  with typed as materialized (
    select word, length(word) as letters, folded_words(word) as patterns,
      case when length(word) > 3 then misspelled(word) else word end as near, consonants(word) as sound
    from unnest(string_to_array(search_text(p_text), ' ')) as word
    where length(word) between 3 and 30
    order by length(word) desc, word
    limit 4
  ),
  -- One wrong letter leaves one half of a word as it is, and people seldom get the beginning wrong.
  candidate as materialized (
    select distinct c.id
    from typed
    cross join lateral unnest(array[
      left(word, greatest(3, letters / 2)), right(word, greatest(3, letters - letters / 2)), left(word, 3), swapped(word)
    ]) as part
    cross join lateral (
      select p.id from products p
      where p.company_id = p_company and product_words(p.search_key) ~ part
      limit 150
    ) c
  )
  select p.id, (
    select sum(letters * case
      when called ~ (' ' || patterns[1] || '(e?s)? ') then 1
      when called ~ (' (' || near || ')(e?s)? ') then 1 - 1.0 / letters
      when length(sound) > 2 and sounds ~ (' ' || sound || 's? ') then 0.8
      when words ~ ('\m(' || near || ')(e?s)?\M') then 0.6
      else greatest(word_similarity(word, called), 0.7 * word_similarity(word, words)) * 0.8
    end) / sum(letters)
    from typed
  )
  from candidate
  cross join lateral (select * from products where company_id = p_company and products.id = candidate.id limit 1) p
  cross join lateral (select product_words(p.search_key) as words) as folded
  cross join lateral (select ' ' || split_part(words, E'\n', 2) || ' ' as called) as named
  cross join lateral (select consonants(called) as sounds) as heard
$$;
