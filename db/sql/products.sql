-- What imports, batches and events find products by, and lock their stock.

-- The n-th part of a product's search key: its lower-case name, SKU and category, each one line, and its description
-- (src/catalog/keys.ts).
create or replace function search_key_part(p_key text, n integer) returns text
language sql immutable strict parallel safe
return case when n < 4 then split_part(p_key, e'\n', n) else regexp_replace(p_key, '^([^\n]*\n){3}', '') end;

-- By its key, whatever the planner knows of a company that was just filled: the limit keeps it from joining all products.
create or replace function product_by_sku(p_sku text) returns setof products
language sql stable as $$
  select * from products where company_id = entered_company() and sku = p_sku limit 1
$$;

-- Locks the stock of these products, in their order, as orders do.
create or replace function lock_stock(p_products text[]) returns void
language sql as $$
  select
  from (select id from unnest(p_products) as id order by id collate "C") as product
  cross join lateral (
    select from stock_levels where company_id = entered_company() and product_id = product.id for update
  ) as locked
$$;
