-- A parameter of a library may be set only where the library is loaded, unless by a superuser.
select show_limit();

-- One page of the products that a text means, the best match first, for catalog, order pad and dashboard. Runs as
-- distribu_system and filters on the entered company itself, and chooses its way instead of letting the planner guess, as
-- product_page does (product-page.sql):
--   1. Of at most 1,000 products that have run low, are of the category or have the words, all that match are ranked.
--   2. Of more, those are ranked that may come first: by SKU, by the beginning of the name, or bought before. The others
--      follow by name. For these the next 1,000 products are looked through.
--   3. Where that does not fill the page, the others are found by the words' index. With words of one or two letters, or in
--      a category, or among what is inactive, they are looked for in the order of names instead.
--   4. If nothing has all words, the products whose names look most like them (near_products): one page.
--   p_text       as typed                       p_active, p_category  null = any
--   p_low        only what has fallen to its threshold
--   p_customer   who has bought before; null = nobody        p_unpriced  only what this customer has no price of their own for
--   p_backwards  the page that ends before a place      p_place, p_id  where the page before ended; null = the first page
--   place        what the list is ordered by: the place among what is ranked (product_place), or 9 and the name
--   rank         0 to 7 as product_place says; 8 = only looks like the text
create or replace function find_products(
  p_text text, p_active boolean, p_category text, p_low boolean, p_customer text, p_unpriced boolean,
  p_backwards boolean, p_place text, p_id text, p_limit integer
) returns table (id text, rank integer, place text)
language plpgsql stable rows 50 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql.
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off set cpu_tuple_cost = 1000
set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off
set pg_trgm.word_similarity_threshold = 0.3 as $$
declare
  company constant text := entered_company();
  patterns constant text[] := folded_words(p_text);
  by_index constant text[] := indexed_words(patterns);
  squeezed constant text := replace(fold_text(lower(p_text)), ' ', '');
  threshold constant bigint := case when p_low then (select c.low_stock_threshold from companies c where c.id = company) end;
  -- No product runs low above the highest threshold there is.
  bound constant bigint := case
    when p_low then greatest(threshold, (select max(p.low_stock_threshold) from products p where p.company_id = company))
  end;
  bought constant text[] := case when p_customer is null then '{}' else products_bought(company, p_customer) end;
  product_of constant text := ' cross join lateral (select * from products where company_id = $1 and id = few.id limit 1) p';
  filtered constant text := case
      when p_low then
        ' cross join lateral (select * from stock_levels where company_id = $1 and product_id = p.id limit 1) s'
      else ''
    end
    || ' where p.company_id = $1'
    || case when p_active is null then '' else ' and p.active = $2' end
    || case when p_category is null then '' else ' and p.category = $3' end
    || case when p_low then ' and s.on_hand <= coalesce(p.low_stock_threshold, $5)' else '' end
    || case
      when p_unpriced then ' and (select true from price_overrides o'
        || ' where o.company_id = $1 and o.customer_id = $4 and o.product_id = p.id limit 1) is null'
      else ''
    end;
  matching constant text := words_condition(patterns);
  comparison constant text := case when p_backwards then '<' else '>' end;
  ordered constant text := ' order by %s ' || case when p_backwards then 'desc, id desc' else 'asc, id' end;
  -- %s  what is read. If it is few enough, it settles which products match.
  among constant text := 'with few as materialized (%s limit 1001) select array(select p.id from few' || product_of
    || filtered || matching || ') where (select count(*) from few) <= 1000';
  -- What is not ranked, on the page's side of where the page before ended.
  others constant text := 'select p.id, p.name_key, p.search_key from products p' || filtered || ' and not p.id = any ($7)'
    || case
      when p_place >= '9' then format(' and (p.name_key, p.id) %s (substr($11, 2), $12)', comparison)
      when p_backwards then ' and false'
      else ''
    end;
  -- %s  the others, in one of the ways
  page_of constant text := 'with other as materialized (%s) select array_agg(id), array_agg(place) from (select id, place from ('
    || 'select c.id, product_place($1, c.id, $8, $9, c.id = any ($10)) as place from unnest($7) as c (id)'
    || ' union all select id, ''9'' || name_key from other) as found'
    || case when p_place is null then '' else format(' where (place, id) %s ($11, $12)', comparison) end
    || format(ordered, 'place') || ' limit $13) as page';
  way text;
  ranked text[];
  ids text[];
  places text[];
begin
  if cardinality(patterns) = 0 then
    return;
  end if;
  foreach way in array array[
    case when p_low then 'select product_id as id from stock_levels where company_id = $1 and on_hand <= $6' end,
    case when p_category is not null then 'select p.id from products p where p.company_id = $1 and p.category = $3' end,
    case
      when cardinality(by_index) > 0 then
        'select p.id from products p where p.company_id = $1' || words_condition(by_index[:2])
    end
  ]
  loop
    continue when way is null;
    execute format(among, way) into ranked using company, p_active, p_category, p_customer, threshold, bound;
    exit when ranked is not null;
  end loop;

  if ranked is null then
    execute 'select array(select p.id from unnest($7) as few (id)' || product_of || filtered || matching || ')'
    into ranked
    using company, p_active, p_category, p_customer, threshold, bound, first_products(company, p_text, bought);
    foreach way in array array[
      case
        when cardinality(by_index) > 0 then
          'select id, name_key from (' || others || format(ordered, 'name_key') || ' limit 1000) as p where true' || matching
          || format(ordered, 'name_key') || ' limit $13'
      end,
      case
        when cardinality(by_index) = cardinality(patterns) and p_category is null and p_active is not false then
          others || matching
        else others || matching || format(ordered, 'name_key') || ' limit $13'
      end
    ]
    loop
      continue when way is null;
      execute format(page_of, way) into ids, places
      using company, p_active, p_category, p_customer, threshold, bound, ranked, patterns, squeezed, bought, p_place, p_id, p_limit;
      exit when cardinality(ids) = p_limit;
    end loop;
  elsif cardinality(ranked) > 0 then
    execute format(page_of, 'select null::text as id, null::text as name_key where false') into ids, places
    using company, p_active, p_category, p_customer, threshold, bound, ranked, patterns, squeezed, bought, p_place, p_id, p_limit;
  end if;

  if ids is null and p_place is null then
    execute 'select array_agg(id), array_agg(place) from (select p.id, ''8'' || near.place as place from near_products($1, $7) as near'
      || ' cross join lateral (select * from products where company_id = $1 and products.id = near.id limit 1) p' || filtered
      || ' order by place, id limit least(12, $8)) as page'
    into ids, places
    using company, p_active, p_category, p_customer, threshold, bound, p_text, p_limit;
  end if;
  return query
    select found.id,
      left(
        case when found.place like '9%' then product_place(company, found.id, patterns, squeezed, false) else found.place end, 1
      )::integer,
      found.place
    from unnest(ids, places) as found (id, place);
end
$$;

alter function find_products owner to distribu_system;
