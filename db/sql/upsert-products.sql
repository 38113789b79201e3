-- Many products at once over the API, by SKU: those there are get the fields that were sent, the others are new. Products
-- are locked in the order of their SKUs and by one statement, which the plan counts last, and then their stock in the
-- order of its products: as an import does it, so that batches, imports, edits and orders never deadlock.

-- The items of a batch: [{ index, id, sku, complete, … }] with the id for the case that it is new, and whether a product
-- can be made of it; `item` tells what was sent, `parts` its lower-case parts of the search key (src/catalog/keys.ts).
create or replace function product_items(p_items jsonb)
returns table (
  item jsonb, index integer, id text, sku text, complete boolean, name text, name_key text, description text,
  category text, unit text, price_cents bigint, stock bigint, active boolean, low_stock_threshold bigint, parts jsonb
)
language sql immutable rows 100 as $$
  select element, i.index, i.id, i.sku, i.complete, i.name, i."nameKey", i.description, i.category, i.unit,
    i."priceCents", i.stock, i.active, i."lowStockThreshold", i.parts
  from jsonb_array_elements(p_items) as element
  cross join lateral jsonb_to_record(element) as i (
    index integer, id text, sku text, complete boolean, name text, "nameKey" text, description text, category text,
    unit text, "priceCents" bigint, stock bigint, active boolean, "lowStockThreshold" bigint, parts jsonb
  )
$$;

-- Which items cannot be, and why, as far as can be seen by now: { index: incomplete (for a new one) | full (the plan) }.
create or replace function failing_products(p_items jsonb) returns jsonb
language sql stable as $$
  select coalesce(jsonb_object_agg(new_one.index, new_one.reason) filter (where new_one.reason is not null), '{}')
  from (
    select i.index,
      case
        when not i.complete then 'incomplete'
        when row_number() over (partition by i.complete order by i.index) > usage.places then 'full'
      end as reason
    from product_items(p_items) i
    cross join (
      select max_products - products as places from plan_usage where company_id = entered_company()
    ) usage
    left join lateral product_by_sku(i.sku) p on true
    where p.id is null
  ) new_one
$$;

-- Inserts or changes what can be; of an atomic batch all or nothing. Each SKU is in it once.
-- Returns { index, status: created | updated | unchanged, row } or { index, status: failed, reason } of each item; of an
-- atomic batch that failed only what failed.
create or replace function upsert_products(p_items jsonb, p_atomic boolean, p_now timestamptz) returns jsonb
language plpgsql as $$
declare
  company constant text := entered_company();
  failed jsonb;
  created text[];
  updated text[];
  moved text[];
  results jsonb;
begin
  for attempt in 1..10 loop
    failed := failing_products(p_items);
    if p_atomic and failed <> '{}' then
      return (
        select jsonb_agg(jsonb_build_object('index', key::integer, 'status', 'failed', 'reason', value) order by key::integer)
        from jsonb_each(failed)
      );
    end if;
    begin
      -- A conflicting row is locked though nothing is written to it. To name a column that no foreign key refers to keeps
      -- the lock from waiting for orders. Of what is only to be changed the row is a stopgap.
      with inserted as (
        insert into products (
          company_id, id, sku, name, description, category, unit, price_cents, active, low_stock_threshold, name_key,
          search_key, created_at, updated_at
        )
        select company, id, sku, coalesce(name, sku), description, category, coalesce(unit, 'each'),
          coalesce(price_cents, 0), coalesce(active, true), low_stock_threshold, coalesce(name_key, sku),
          concat_ws(
            e'\n', coalesce(parts ->> 'name', ''), coalesce(parts ->> 'sku', ''), coalesce(parts ->> 'category', ''),
            coalesce(parts ->> 'description', '')
          ),
          p_now, p_now
        from product_items(p_items)
        where not failed ? index::text
        order by sku collate "C"
        on conflict (company_id, sku) do update set name = excluded.name where false
        returning id
      ),
      first_levels as (
        insert into stock_levels (company_id, product_id, on_hand)
        select company, inserted.id, coalesce(i.stock, 0)
        from inserted
        join product_items(p_items) i on i.id = inserted.id
      )
      select coalesce(array_agg(id), '{}') into created from inserted;
      if exists (select from product_items(p_items) i where i.id = any (created) and not i.complete) then
        raise exception 'a product was deleted meanwhile' using errcode = 'DS404';
      end if;
      exit;
    exception when sqlstate 'DS404' or sqlstate 'DS422' then
      -- Somebody was quicker by a product or a place: the next look says whose item fails for it. Its locks are gone.
      if attempt = 10 then
        raise;
      end if;
    end;
  end loop;

  perform lock_stock(
    array(
      select p.id
      from product_items(p_items) i
      cross join lateral product_by_sku(i.sku) p
      where not failed ? i.index::text
    )
  );

  with changed as (
    update products p
    set name = coalesce(i.name, p.name),
      name_key = coalesce(i.name_key, p.name_key),
      description = case when i.item ? 'description' then i.description else p.description end,
      category = case when i.item ? 'category' then i.category else p.category end,
      unit = coalesce(i.unit, p.unit),
      price_cents = coalesce(i.price_cents, p.price_cents),
      active = coalesce(i.active, p.active),
      low_stock_threshold = case when i.item ? 'lowStockThreshold' then i.low_stock_threshold else p.low_stock_threshold end,
      search_key = concat_ws(
        e'\n', coalesce(i.parts ->> 'name', search_key_part(p.search_key, 1)), search_key_part(p.search_key, 2),
        coalesce(i.parts ->> 'category', search_key_part(p.search_key, 3)),
        coalesce(i.parts ->> 'description', search_key_part(p.search_key, 4))
      )
    from product_items(p_items) i
    cross join lateral product_by_sku(i.sku) known
    where not failed ? i.index::text and known.id <> all (created) and p.company_id = company and p.id = known.id
    returning p.id
  )
  select coalesce(array_agg(id), '{}') into updated from changed;

  with changed as (
    update stock_levels s
    set on_hand = i.stock
    from product_items(p_items) i
    cross join lateral product_by_sku(i.sku) known
    where not failed ? i.index::text and known.id <> all (created) and s.company_id = company and s.product_id = known.id
      and s.on_hand <> i.stock
    returning s.product_id
  )
  select coalesce(array_agg(product_id), '{}') into moved from changed;

  select coalesce(
    jsonb_agg(
      case
        when failed ? i.index::text then
          jsonb_build_object('index', i.index, 'status', 'failed', 'reason', failed -> i.index::text)
        else jsonb_build_object(
          'index', i.index,
          'status', case
            when p.id = any (created) then 'created' when p.id = any (updated || moved) then 'updated' else 'unchanged'
          end,
          'row', product_snapshot(p.id)
        )
      end
      order by i.index
    ),
    '[]'
  )
  into results
  from product_items(p_items) i
  left join lateral product_by_sku(i.sku) p on true;
  perform set_config('app.answer', results::text, true);
  return results;
end
$$;
