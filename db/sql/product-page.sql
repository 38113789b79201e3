-- The ids of one page of a company's products, for dashboard, storefront and API. Runs as distribu_system and filters on
-- the entered company itself, because under row-level security neither LIKE nor the planner's statistics reach an index
-- (see search-customers.sql); so the way is chosen here instead of guessed:
--   1. Products in the page's own order, from an index, until the page is full. Of a search these are only the next 300.
--   2. Where few match (a search of three characters or more, one category in another order than by name, what has run
--      low): all that match, found by an index, and then sorted.
--   p_text      lower-case, as typed; null = no search      p_active, p_category  null = any
--   p_low       only what has fallen to its threshold
--   p_customer  whose own prices the order `price` goes by; null = the catalogue's
--   p_sort      name | price | stock | popular | created    p_key, p_id  where the page before ended; null = the first page
create or replace function product_page(
  p_text text, p_active boolean, p_category text, p_low boolean, p_customer text, p_sort text, p_descending boolean,
  p_key text, p_id text, p_limit integer
) returns setof text
language plpgsql stable rows 50 security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off
set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  company constant text := entered_company();
  own_prices constant boolean := p_sort = 'price' and exists (
    select from price_overrides o where o.company_id = company and o.customer_id = p_customer
  );
  sort_column constant text := case p_sort
    when 'price' then 'p.price_cents'
    when 'stock' then 's.on_hand'
    when 'popular' then 's.times_ordered'
    when 'created' then 'p.created_at'
    else 'p.name_key'
  end;
  sort_type constant text := case p_sort when 'name' then 'text' when 'created' then 'timestamptz' else 'bigint' end;
  id_column constant text := case when p_sort in ('stock', 'popular') then 's.product_id' else 'p.id' end;
  direction constant text := case when p_descending then 'desc' else 'asc' end;
  -- No product runs low above the highest threshold there is.
  bound constant bigint := greatest(
    (select c.low_stock_threshold from companies c where c.id = company),
    (select max(p.low_stock_threshold) from products p where p.company_id = company)
  );
  pattern constant text := containing(p_text);
  filtered constant text := format('select %s as id, p.search_key, %s as sort_key', id_column, sort_column)
    || ' from products p join stock_levels s on s.company_id = $1 and s.product_id = p.id'
    || ' where p.company_id = $1'
    || case when p_active is null then '' else ' and p.active = $2' end
    || case when p_category is null then '' else ' and p.category = $3' end
    || case
      when p_low then ' and s.on_hand <= $9 and s.on_hand <='
        || ' coalesce(p.low_stock_threshold, (select c.low_stock_threshold from companies c where c.id = $1))'
      else ''
    end
    || case
      when p_key is null then ''
      else format(
        ' and (%s, %s) %s ($4::%s, $5)', sort_column, id_column, case when p_descending then '<' else '>' end, sort_type
      )
    end;
  searched constant text := case when p_text is null then '' else ' and p.search_key like $6' end;
  -- With prices of their own a page is made of two: what they have one for, and all else.
  priced constant text := replace(
    replace(filtered, ' where ', ' join price_overrides o on o.company_id = $1 and o.customer_id = $7 and o.product_id = p.id where '),
    'p.price_cents', 'o.price_cents'
  );
  unpriced constant text := ' and not exists ('
    || 'select from price_overrides o where o.company_id = $1 and o.customer_id = $7 and o.product_id = p.id)';
  walked constant text := format(' order by %s %s, %s %2$s', sort_column, direction, id_column);
  sorted constant text := format(' order by sort_key %s, id %1$s limit $8', direction);
  all_match constant text := 'with matching as materialized (' || filtered || searched
    || case when own_prices then unpriced || ' union all ' || priced || searched else '' end
    || ') select array(select id from matching' || sorted || ')';
  page text[];
begin
  if p_low or p_category is not null and p_sort <> 'name' or own_prices and p_text is not null then
    execute all_match into page
    using company, p_active, p_category, p_key, p_id, pattern, p_customer, p_limit, bound;
    return query select unnest(page);
    return;
  end if;
  execute 'select array(select id from ('
    || case
      when own_prices then '(' || filtered || unpriced || walked || ' limit $8) union all (' || priced || sorted || ')'
      else filtered || walked || case when p_text is null then ' limit $8' when length(p_text) < 3 then '' else ' limit 300' end
    end
    || ') as near' || case when p_text is null then '' else ' where search_key like $6' end || sorted || ')'
  into page
  using company, p_active, p_category, p_key, p_id, pattern, p_customer, p_limit, bound;
  if p_text is not null and length(p_text) >= 3 and cardinality(page) < p_limit then
    execute all_match into page
    using company, p_active, p_category, p_key, p_id, pattern, p_customer, p_limit, bound;
  end if;
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
