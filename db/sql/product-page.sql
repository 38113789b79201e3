-- The ids of one page of a company's products, for dashboard, storefront and API. Runs as distribu_system and filters on
-- the entered company itself, because under row-level security neither LIKE nor the planner's statistics reach an index
-- (see search-customers.sql). The planner knows nothing of a company that was just filled either, so the way is chosen here
-- instead of guessed: one table is read by an index, and each row's other one is looked up by its key (the limit keeps the
-- planner from joining all there are). The ways, tried until one settles the page:
--   1. Products in the page's own order, from an index, until the page is full. Of a search these are only the next 300.
--   2. What has run low, by stock: at most 1,000 products, which are then sorted. If it is more, the next 300 of a search.
--   3. One category, in another order than by name. If there is a text to search by, at most 1,000 products.
--   4. What has the words of a text, by their index, if one of them has three letters.
--   5. Products in the page's own order, however many do not match.
--   p_text      as typed (find-products.sql); null = any    p_active, p_category  null = any
--   p_low       only what has fallen to its threshold
--   p_customer  whose own prices the order `price` goes by; null = the catalogue's
--   p_sort      name | price | stock | popular | created    p_key, p_id  where the page before ended; null = the first page
create or replace function product_page(
  p_text text, p_active boolean, p_category text, p_low boolean, p_customer text, p_sort text, p_descending boolean,
  p_key text, p_id text, p_limit integer
) returns setof text
language plpgsql stable rows 50 security definer
-- Rows that cost this much make the index with the narrowest condition the cheapest, however small the planner's guess.
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off set cpu_tuple_cost = 1000
set enable_hashjoin = off set enable_mergejoin = off set max_parallel_workers_per_gather = 0 set jit = off as $$
declare
  company constant text := entered_company();
  own_prices constant boolean := p_sort = 'price' and exists (
    select from price_overrides o where o.company_id = company and o.customer_id = p_customer
  );
  by_stock constant boolean := p_sort in ('stock', 'popular');
  patterns constant text[] := folded_words(p_text);
  by_index constant text[] := indexed_words(patterns);
  is_rare constant boolean := coalesce(cardinality(by_index) > 0, false);
  threshold constant bigint := case when p_low then (select c.low_stock_threshold from companies c where c.id = company) end;
  -- No product runs low above the highest threshold there is.
  bound constant bigint := case
    when p_low then greatest(threshold, (select max(p.low_stock_threshold) from products p where p.company_id = company))
  end;
  sort_column constant text := case p_sort
    when 'price' then 'p.price_cents'
    when 'stock' then 's.on_hand'
    when 'popular' then 's.times_ordered'
    when 'created' then 'p.created_at'
    else 'p.name_key'
  end;
  sort_type constant text := case p_sort when 'name' then 'text' when 'created' then 'timestamptz' else 'bigint' end;
  id_column constant text := case when by_stock then 's.product_id' else 'p.id' end;
  direction constant text := case when p_descending then 'desc' else 'asc' end;
  product_of constant text := ' cross join lateral ('
    || 'select * from products where company_id = $1 and id = %s.product_id limit 1) p';
  stock constant text := case
    when by_stock or p_low then
      ' cross join lateral (select * from stock_levels where company_id = $1 and product_id = p.id limit 1) s'
    else ''
  end;
  listed constant text := format('select %s as id, %s as sort_key, p.search_key from ', id_column, sort_column);
  filtered constant text := ' where true'
    || case when p_active is null then '' else ' and p.active = $2' end
    || case when p_category is null then '' else ' and p.category = $3' end
    || case when p_low then ' and s.on_hand <= coalesce(p.low_stock_threshold, $9)' else '' end
    || case
      when p_key is null then ''
      else format(
        ' and (%s, %s) %s ($4::%s, $5)', sort_column, id_column, case when p_descending then '<' else '>' end, sort_type
      )
    end;
  searched constant text := case when p_text is null then '' else words_condition(patterns) end;
  sorted constant text := format(' order by sort_key %s, id %1$s limit $7', direction);
  -- With prices of their own a page is made of two: what they have one for, and all else.
  unpriced constant text := case
    when own_prices then ' and (select true from price_overrides o'
      || ' where o.company_id = $1 and o.customer_id = $6 and o.product_id = p.id limit 1) is null'
    else ''
  end;
  priced constant text := case
    when own_prices then ' union all ' || replace(
      listed || 'price_overrides o' || format(product_of, 'o') || filtered || searched
        || ' and o.company_id = $1 and o.customer_id = $6',
      'p.price_cents', 'o.price_cents'
    )
    else ''
  end;
  -- %1$s  how many rows are read; a limit also keeps the text out of the choice of an index
  walk constant text := 'with page as materialized (select array(select id from ((select * from (' || listed
    || case
      when by_stock then 'stock_levels s' || format(product_of, 's') || filtered || ' and s.company_id = $1'
        || case when p_low then ' and s.on_hand <= $8' else '' end
      else 'products p' || stock || filtered || ' and p.company_id = $1'
    end
    || unpriced || format(' order by %s %s, %s %2$s', sort_column, direction, id_column)
    || ' limit %1$s) as p where true' || searched || sorted || ')' || priced || ') as page' || sorted || ') as ids)'
    || ' select ids from page where ';
  -- %1$s  what is read    %2$s  how many of it are few enough to settle the page    %3$s  the tables to join
  among constant text := 'with few as materialized (%1$s limit %2$s::bigint + 1) select array(select id from (' || listed
    || '%3$s' || filtered || searched || unpriced || priced || ') as page' || sorted
    || ') where %2$s is null or (select count(*) from few) <= %2$s';
  way text;
  page text[];
begin
  foreach way in array array[
    case
      when p_low and p_sort <> 'stock' then null
      when p_category is not null and p_sort <> 'name' then null
      when own_prices and p_text is not null then null
      when p_text is null then format(walk, '$7') || 'true'
      when is_rare then format(walk, '300') || 'cardinality(ids) = $7'
    end,
    case
      when p_low then format(
        among, 'select * from stock_levels where company_id = $1 and on_hand <= $8 order by on_hand, product_id', '1000',
        'few s' || format(product_of, 's')
      )
    end,
    case
      when p_low and is_rare and p_category is null and not own_prices then format(walk, '300') || 'cardinality(ids) = $7'
    end,
    case
      when p_category is not null then format(
        among, 'select * from products where company_id = $1 and category = $3',
        case when is_rare then '1000' else 'null' end, 'few p' || stock
      )
    end,
    case
      when is_rare then
        format(
          among, 'select * from products p where p.company_id = $1' || words_condition(by_index[:2]), 'null', 'few p' || stock
        )
    end,
    format(walk, '10000000') || 'true'
  ]
  loop
    continue when way is null;
    execute way into page
    using company, p_active, p_category, p_key, p_id, p_customer, p_limit, bound, threshold;
    exit when page is not null;
  end loop;
  return query select unnest(page);
end
$$;

alter function product_page owner to distribu_system;

-- The categories a company's products have, in order. Jumps from one to the next instead of reading every product.
create or replace function product_categories() returns setof text
language plpgsql stable rows 50 security definer set search_path = public, pg_temp as $$
declare
  latest text := '';
begin
  loop
    latest := (
      select p.category
      from products p
      where p.company_id = entered_company() and p.category > latest
      order by p.category
      limit 1
    );
    exit when latest is null;
    return next latest;
  end loop;
end
$$;

alter function product_categories owner to distribu_system;
