-- A text as it is searched by: folded (fold_text), and without symbols such as stars and pictures, which no index knows.
create or replace function search_text(p_text text) returns text
language sql immutable strict parallel safe
return regexp_replace(fold_text(lower(p_text)), '[\u2000-\u2bff\u3000-\u303f\U0001f000-\U0001faff]', '', 'g');

-- The words of a text, each as a regular expression of what counts as that word in the words of a product
-- (`product_words`), in the text's order. Singular and plural are the same: of a plural the stem is left, `berries` becomes
-- `berr(y|ie)` and `loaves` `loa(fe?|ve)`. Between letters and figures there may be a blank: `50lb`, `pro143`. Folded text has
-- no punctuation, so a word has no character that means something in an expression.
create or replace function folded_words(p_text text) returns text[]
language sql immutable strict parallel safe as $$
  with typed as (
    select word, place, word in ('a', 'an', 'and', 'de', 'for', 'in', 'of', 'the', 'with') as is_small
    from regexp_split_to_table(search_text(p_text), '\s+') with ordinality as split (word, place)
    where word <> ''
  ),
  stemmed as (
    select place, stem[1] as stem, stem[2] as ending
    from typed
    cross join lateral (
      select case
        when word ~ '^(hal|kni|lea|loa|shel)(fe?|ves)$' then array[regexp_replace(word, '(fe?|ves)$', ''), '(fe?|ve)']
        when word ~ '^\D{3,}(y|ies?)$' then array[regexp_replace(word, '(y|ies?)$', ''), '(y|ie)']
        when word ~ '^\D{2,}(ch|sh|ss|x|z|o)es$' then array[left(word, -2), '']
        when word ~ '^\D{2,}[^s]s$' then array[left(word, -1), '']
        else array[word, '']
      end as stem
    ) as cut
    where not is_small or (select bool_and(is_small) from typed)
  )
  select coalesce(
    array_agg(
      regexp_replace(regexp_replace(stem, '(\d)(\D)', '\1[ -/_]?\2', 'g'), '([^\d?])(\d)', '\1[ -/_]?\2', 'g') || ending
      order by place
    ),
    '{}'
  )
  from stemmed
$$;

-- Those of the words that the trigram index finds products by, the longest first.
create or replace function indexed_words(p_words text[]) returns text[]
language sql immutable strict parallel safe
return array(
  select word
  from unnest(p_words) as word
  where word ~ '[^][()|? /_\d-]{3}|\d{3}'
  order by length(word) desc, word
);

-- Whether a search key has a word of one or two letters, which no index finds. Only a key with accents or apostrophes has to
-- be folded for that, and the rest costs so little that it is looked for first.
create or replace function has_short_word(p_search_key text, p_word text) returns boolean
language plpgsql immutable strict parallel safe cost 1 as $$
begin
  return p_search_key ~ p_word
    or (octet_length(p_search_key) > length(p_search_key) or strpos(p_search_key, '''') > 0)
      and product_words(p_search_key) ~ p_word;
end
$$;

-- The SQL condition that the product `p` has all these words. The index finds it by two of them; the others are looked for
-- in what it finds.
create or replace function words_condition(p_words text[]) returns text
language sql immutable strict parallel safe as $$
  select coalesce(
    string_agg(
      format(
        case when place is null then ' and has_short_word(p.search_key, %L)' else ' and product_words(p.search_key) ~ %L' end, word
      ),
      '' order by place
    ),
    ' and false'
  )
  from unnest(p_words) as word
  cross join lateral (select array_position(indexed_words(p_words), word)) as found (place)
$$;
