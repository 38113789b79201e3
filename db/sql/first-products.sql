-- What a customer's last 30 orders had.
create or replace function products_bought(p_company text, p_customer text) returns text[]
language sql stable as $$
  select array(
    select distinct l.product_id
    from (
      select o.id from orders o
      where o.company_id = p_company and o.customer_id = p_customer
      order by o.created_at desc, o.id desc
      limit 30
    ) o
    cross join lateral (
      select product_id from order_lines where company_id = p_company and order_id = o.id order by line limit 100
    ) l
  )
$$;

-- How a SKU may be stored that somebody types in their own way: in capitals, and with a mark between letters and figures.
create or replace function sku_spellings(p_text text) returns setof text
language sql immutable as $$
  select p_text
  union
  select cased
  from unnest(array['', '-', ' ', '_', '.', '/']) as mark
  cross join lateral (
    select regexp_replace(
      regexp_replace(regexp_replace(trim(p_text), '[ _./-]+', mark, 'g'), '(\d)([^\d _./-])', '\1' || mark || '\2', 'g'),
      '([^\d _./-])(\d)', '\1' || mark || '\2', 'g'
    ) as spelling
  ) as marked
  cross join lateral unnest(array[upper(spelling), lower(spelling)]) as cased
$$;

-- The products that may come first of very many: 20 of each way to write the text as the beginning of a SKU, 50 whose
-- names begin with it, and what was bought before.
create or replace function first_products(p_company text, p_text text, p_bought text[]) returns text[]
language sql stable as $$
  select array(
    select c.id
    from sku_spellings(p_text) as spelling
    cross join lateral (
      select p.id from products p
      where p.company_id = p_company and p.sku >= spelling and p.sku < spelling || U&'\+10FFFF'
      order by p.sku
      limit 20
    ) c
    union
    select c.id
    from (
      select p.id from products p
      where p.company_id = p_company and p.name_key >= lower(p_text) and p.name_key < lower(p_text) || U&'\+10FFFF'
      order by p.name_key, p.id
      limit 50
    ) c
    union
    select unnest(p_bought)
  )
$$;
