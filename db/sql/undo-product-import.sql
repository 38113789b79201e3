-- The undoing of an import of products. What is locked, and in which order: import-products.sql.

-- What an import created and updated, and whether undoing keeps it as it is now: because it was edited since, its stock
-- was counted again, less is left than would have to go, or (of a new one) because something refers to it by now.
--   before  what undoing restores; null = the import created it
--   moved   by how much the import moved its stock; null = it did not
-- Each change looks its product up by the key, whatever the planner knows of a company that was just filled: the limit
-- keeps it from joining them all. Whether rows refer to it shows the smallest id they have from its own on, which an index
-- tells: a planner that thinks such rows frequent would search a whole table for the first one.
create or replace function imported_products(p_import text)
returns table (id text, key text, name text, created boolean, kept boolean, before jsonb, moved bigint)
language sql stable as $$
  select p.id, p.sku, p.name, change.before is null,
    p.version <> change.version
    or case
      when change.before is null then
        p.id is not distinct from (
          select min(l.product_id) from order_lines l where l.company_id = entered_company() and l.product_id >= p.id
        )
        or p.id is not distinct from (
          select min(o.product_id) from price_overrides o where o.company_id = entered_company() and o.product_id >= p.id
        )
        or p.id is not distinct from (
          select min(c.product_id) from cart_lines c where c.company_id = entered_company() and c.product_id >= p.id
        )
        or exists (
          select
          from stock_movements m
          where m.company_id = entered_company() and m.product_id = p.id and m.reference is distinct from p_import
        )
      when change.before ? 'on_hand' then
        s.on_hand < own.delta
        or exists (
          select
          from stock_movements m
          where m.company_id = entered_company() and m.product_id = p.id and m.id > own.id
            and m.reason in ('edit', 'import')
        )
      else false
    end,
    change.before,
    own.delta
  from import_changes change
  cross join lateral (
    select * from products where company_id = entered_company() and products.id = change.entity_id limit 1
  ) p
  cross join lateral (
    select on_hand from stock_levels where company_id = entered_company() and product_id = p.id limit 1
  ) s
  left join lateral (
    -- The newest first: a look at what happened since, never at all that happened before.
    select m.id, m.delta
    from stock_movements m
    where change.before ? 'on_hand' and m.company_id = entered_company() and m.product_id = p.id
      and m.reference = p_import
    order by m.id desc
    limit 1
  ) own on true
  where change.company_id = entered_company() and change.import_id = p_import
$$;

-- Removes what the import created and restores what it updated, but keeps every product changed since: those stay in
-- import_changes, to be listed. Stock moves back by as much as the import moved it, so what was sold since stays sold.
-- Undone already, it does nothing.
create or replace function undo_product_import(p_import text, p_now timestamptz) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  import constant imports := claim_undo('products', p_import, p_now);
  n_removed integer;
  n_restored integer;
begin
  if import.id is null then
    return;
  end if;

  perform
  from (select id from imported_products(p_import) order by key collate "C") as imported
  cross join lateral (
    select from products where company_id = company and id = imported.id for no key update
  ) as locked;
  perform lock_stock(
    array(select entity_id from import_changes where company_id = company and import_id = p_import)
  );
  -- Nobody orders them from here on; who puts one into a cart or gives it a price is waited for.
  perform
  from (select id from imported_products(p_import) where created order by key collate "C") as imported
  cross join lateral (select from products where company_id = company and id = imported.id for update) as locked;

  perform set_stock_reason('import', p_import);
  with removed as (
    delete from products p
    using imported_products(p_import) imported
    where p.company_id = company and p.id = imported.id and imported.created and not imported.kept
    returning p.id
  )
  delete from import_changes
  where company_id = company and import_id = p_import and entity_id = any (array(select id from removed));
  get diagnostics n_removed = row_count;

  with restorable as materialized (
    select id, before, moved from imported_products(p_import) where not created and not kept
  ),
  edited as (
    update products p
    set name = r.before ->> 'name', description = r.before ->> 'description', category = r.before ->> 'category',
      unit = r.before ->> 'unit', price_cents = (r.before ->> 'price_cents')::bigint,
      active = (r.before ->> 'active')::boolean, name_key = r.before ->> 'name_key',
      search_key = r.before ->> 'search_key'
    from restorable r
    where p.company_id = company and p.id = r.id
  ),
  moved as (
    update stock_levels s
    set on_hand = s.on_hand - r.moved
    from restorable r
    where r.moved is not null and s.company_id = company and s.product_id = r.id
  )
  delete from import_changes
  where company_id = company and import_id = p_import and entity_id = any (array(select id from restorable));
  get diagnostics n_restored = row_count;
  perform set_stock_reason('', '');

  perform finish_undo(import, 'Product', n_removed, n_restored);
end
$$;
