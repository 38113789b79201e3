-- An import of products. Products are locked in the order of their SKUs and then their stock in the order of its products,
-- here and in undo-product-import.sql, so that imports, edits and orders never deadlock: an order holds stock while it asks
-- for no more of a product than that it stays there.

-- The rows of a file, as apply_product_import() is handed them.
create or replace function product_import_rows(p_rows jsonb)
returns table (
  id text, sku text, name text, description text, category text, unit text, price_cents bigint, stock bigint,
  active boolean, name_key text, search_key text
)
language sql immutable as $$
  select file.id, file.sku, file.name, file.description, file.category, file.unit, file."priceCents", file.stock,
    file.active, file."nameKey", file."searchKey"
  from jsonb_to_recordset(p_rows) as file (
    id text, sku text, name text, description text, category text, unit text, "priceCents" bigint, stock bigint,
    active boolean, "nameKey" text, "searchKey" text
  )
$$;

-- Upserts by SKU and sets the stock to what the file says, remembers what undoing needs, and finishes the import.
--   p_rows    the file: one object a row, with an id for the case that it is new
--   p_fields  the columns the file has; the others are left alone on existing products (decision 11)
--   p_now     the time; what undoing needs is kept for p_keep from then on
create or replace function apply_product_import(
  p_import text, p_rows jsonb, p_fields text[], p_now timestamptz, p_keep interval
) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  import constant imports := claim_import('products', p_import);
  has_description constant boolean := 'description' = any (p_fields);
  has_category constant boolean := 'category' = any (p_fields);
  has_unit constant boolean := 'unit' = any (p_fields);
  has_active constant boolean := 'active' = any (p_fields);
  n_created integer;
  n_updated integer;
begin
  perform set_stock_reason('import', p_import);

  -- A conflicting row is locked though nothing is written to it: from here on nobody else changes what is compared. To
  -- name a column that no foreign key refers to keeps the lock from waiting for orders.
  with created as (
    insert into products (
      company_id, id, sku, name, description, category, unit, price_cents, active, name_key, search_key, created_at,
      updated_at
    )
    select company, id, sku, name, description, category, unit, price_cents, active, name_key, search_key, p_now, p_now
    from product_import_rows(p_rows) file
    order by file.sku collate "C"
    on conflict (company_id, sku) do update set name = excluded.name where false
    returning id, version
  ),
  first_levels as (
    insert into stock_levels (company_id, product_id, on_hand)
    select company, created.id, file.stock
    from created
    join product_import_rows(p_rows) file on file.id = created.id
  )
  insert into import_changes (company_id, import_id, entity_id, before, version)
  select company, p_import, id, null, version from created;
  get diagnostics n_created = row_count;

  perform lock_stock(array(select p.id from product_import_rows(p_rows) file cross join lateral product_by_sku(file.sku) p));

  with known as (
    select p.id, p.version, s.on_hand, file.stock, file.name, file.price_cents, file.name_key,
      to_jsonb(p) as before,
      case when has_description then file.description else p.description end as description,
      case when has_category then file.category else p.category end as category,
      case when has_unit then file.unit else p.unit end as unit,
      case when has_active then file.active else p.active end as active,
      concat_ws(
        e'\n', search_key_part(file.search_key, 1), search_key_part(file.search_key, 2),
        search_key_part(case when has_category then file.search_key else p.search_key end, 3),
        search_key_part(case when has_description then file.search_key else p.search_key end, 4)
      ) as search_key,
      s.on_hand <> file.stock as is_moved,
      p.name <> file.name or p.price_cents <> file.price_cents
        or has_description and p.description is distinct from file.description
        or has_category and p.category is distinct from file.category
        or has_unit and p.unit <> file.unit
        or has_active and p.active <> file.active as is_edited
    from product_import_rows(p_rows) file
    cross join lateral product_by_sku(file.sku) p
    cross join lateral (select on_hand from stock_levels where company_id = company and product_id = p.id limit 1) s
  ),
  differing as materialized (
    select * from known where is_moved or is_edited
  ),
  edited as (
    update products p
    set name = d.name, description = d.description, category = d.category, unit = d.unit, price_cents = d.price_cents,
      active = d.active, name_key = d.name_key, search_key = d.search_key
    from differing d
    where d.is_edited and p.company_id = company and p.id = d.id
    returning p.id, p.version
  ),
  moved as (
    update stock_levels s
    set on_hand = d.stock
    from differing d
    where d.is_moved and s.company_id = company and s.product_id = d.id
  )
  insert into import_changes (company_id, import_id, entity_id, before, version)
  select company, p_import, d.id,
    jsonb_build_object(
      'name', d.before -> 'name', 'description', d.before -> 'description', 'category', d.before -> 'category',
      'unit', d.before -> 'unit', 'price_cents', d.before -> 'price_cents', 'active', d.before -> 'active',
      'name_key', d.before -> 'name_key', 'search_key', d.before -> 'search_key'
    ) || case when d.is_moved then jsonb_build_object('on_hand', d.on_hand) else '{}' end,
    coalesce(e.version, d.version)
  from differing d
  left join edited e on e.id = d.id;
  get diagnostics n_updated = row_count;

  perform set_stock_reason('', '');
  perform finish_import(import, 'Product', jsonb_array_length(p_rows), n_created, n_updated, p_now, p_keep);
end
$$;
