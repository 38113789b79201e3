-- One page of the products that a text means, the best match first, for catalog, order pad and dashboard. Runs as
-- distribu_system and filters on the entered company itself, and chooses its way instead of letting the planner guess, as
-- product_page does (product-page.sql):
--   1. Of at most 1,000 products that have run low, are of the category or have the words, all that match are ranked.
--   2. Of more, those are ranked that may come first: by SKU, by the beginning of the name, or bought before. The others
--      follow by name: what has the words in its name as it is stored, which costs little to see, and then the rest. For
--      that the next 1,000 products are looked through, and all that has the words only if they do not fill the page.
--   3. If nothing has all words, the twelve products that look most like them (near_products), but for those that look much
--      less like them than the first.
--   p_text       as typed                       p_active, p_category  null = any
--   p_low        only what has fallen to its threshold
--   p_customer   who has bought before; null = nobody        p_unpriced  only what this customer has no price of their own for
--   p_backwards  the page that ends before a place, from its end      p_place, p_id  where the page before ended; null = the first page
--   place        what the list is ordered by: product_place of what is ranked; of the others 90 or 91, and the name
--   rank         0 to 7 as product_place says; 8 = only looks like the text
create or replace function find_products(
  p_text text, p_active boolean, p_category text, p_low boolean, p_customer text, p_unpriced boolean,
  p_backwards boolean, p_place text, p_id text, p_limit integer
) returns table (id text, rank integer, place text)
language plpgsql stable rows 50 security definer
-- Costly rows: the narrowest index is read, as in product-page.sql.
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off set cpu_tuple_cost = 1000
set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off as $$
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
  direction constant text := case when p_backwards then 'desc' else 'asc' end;
  -- %s  what is read. If it is few enough, it settles which products match.
  among constant text := 'with few as materialized (%s limit 1001) select array(select p.id from few' || product_of
    || filtered || matching || ') where (select count(*) from few) <= 1000';
  -- The list has three sections: what is ranked, and by name what has the words in its name, and the others.
  ended_in constant text := case when p_place < '9' then '0' else left(p_place, 2) end;
  by_name constant text := format(' order by name_key %1$s, id %1$s', direction);
  -- %1$s  the section     %2$s  beyond where the page before ended
  ranked_page constant text := 'select id, place from ('
    || 'select c.id, product_place($1, c.id, $8, $9, c.id = any ($10)) as place from unnest($7) as c (id)'
    || ') as found where true%2$s' || format(' order by place %1$s, id %1$s limit $13', direction);
  others constant text := filtered || ' and not p.id = any ($7)%2$s';
  named constant text := 'select id, %1$L || name_key as place from ';
  named_page constant text := named || '(select p.id, p.name_key from products p' || others || ' and p.name_key ~ all ($8)' || by_name || ' limit $13) as p';
  near_page constant text := named || '(select p.* from products p' || others || by_name
    || ' limit 1000) as p where not p.name_key ~ all ($8)' || matching || by_name || ' limit $13';
  -- A fence keeps the order out of it: the rows are found first, and sorted then.
  other_page constant text := 'with other as materialized (select p.id, p.name_key from products p' || others || ' and not p.name_key ~ all ($8)' || matching
    || case
      when cardinality(by_index) = cardinality(patterns) and p_category is null and p_active is not false then ''
      else by_name || ' limit $13'
    end
    || ') ' || named || 'other' || by_name || ' limit $13';
  is_all boolean;
  section text;
  way text;
  ranked text[];
  more_ids text[];
  more_places text[];
  ids text[] := '{}';
  places text[] := '{}';
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

  is_all := ranked is not null;
  if not is_all then
    execute 'select array(select p.id from unnest($7) as few (id)' || product_of || filtered || matching || ')'
    into ranked
    using company, p_active, p_category, p_customer, threshold, bound, first_products(company, p_text, bought);
  end if;
  foreach section in array case
    when is_all then array['0']
    when p_backwards then array['91', '90', '0']
    else array['0', '90', '91']
  end
  loop
    continue when case when p_backwards then section > ended_in else section < ended_in end;
    foreach way in array case
      when section = '0' then array[ranked_page]
      when section = '90' then array[named_page]
      when cardinality(by_index) = 0 then array[other_page]
      else array[near_page, other_page]
    end
    loop
      execute 'select array_agg(id), array_agg(place) from ('
        || format(
          way, section,
          case
            when ended_in is distinct from section then ''
            when section = '0' then format(' and (place, id) %s ($11, $12)', comparison)
            else format(' and (p.name_key, p.id) %s (substr($11, 3), $12)', comparison)
          end
        )
        || ') as page'
      into more_ids, more_places
      using company, p_active, p_category, p_customer, threshold, bound, ranked, patterns, squeezed, bought, p_place, p_id,
        p_limit - cardinality(ids);
      exit when cardinality(more_ids) = p_limit - cardinality(ids);
    end loop;
    ids := ids || more_ids;
    places := places || more_places;
    exit when cardinality(ids) = p_limit;
  end loop;

  -- What has the words and a price is not to be replaced by what only looks so.
  if cardinality(ids) = 0 and p_place is null and not (p_unpriced and exists (
    select from find_products(p_text, p_active, p_category, p_low, null, false, false, null, null, 1) as f where f.rank < 8
  )) then
    execute 'select array_agg(id), array_agg(place) from (select id, ''8'' || lpad(floor(1000 * (1 - likeness))::text, 4, ''0'') || name_key'
      || ' as place from (select p.id, p.name_key, near.likeness, max(near.likeness) over () as most from near_products($1, $7) as near'
      || ' cross join lateral (select * from products where company_id = $1 and products.id = near.id limit 1) p' || filtered
      || ') as near where likeness > greatest(0.3, 0.6 * most) order by place, id limit least(12, $8)) as page'
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
