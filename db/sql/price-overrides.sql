-- A customer's own price is part of that customer's history: PriceOverrideSet or PriceOverrideDeleted, with the product.
create or replace function audit_price_override() returns trigger
language plpgsql as $$
declare
  this price_overrides := case when tg_op = 'DELETE' then old else new end;
begin
  perform write_audit(
    this.company_id,
    case when tg_op = 'DELETE' then 'PriceOverrideDeleted' else 'PriceOverrideSet' end,
    'Customer', c.id, c.email,
    jsonb_build_object(
      'product', p.name,
      'priceCents', jsonb_build_object(
        'from', case when tg_op = 'INSERT' then null else old.price_cents end,
        'to', case when tg_op = 'DELETE' then null else new.price_cents end
      )
    )
  )
  from customers c
  join products p on p.company_id = this.company_id and p.id = this.product_id
  where c.company_id = this.company_id and c.id = this.customer_id;
  return null;
end
$$;

create or replace trigger audit_price_override after insert or update or delete on price_overrides
for each row when (current_setting('app.action', true) is distinct from 'bulk')
execute function audit_price_override();

-- Gives a customer many prices of their own, by SKU: all of p_rows, [{ sku, priceCents }], or, if one names no product,
-- none. Returns how many have changed; each is in the log.
create or replace function set_prices(p_customer text, p_rows jsonb) returns integer
language plpgsql as $$
declare
  company constant text := entered_company();
  changed integer;
begin
  with priced as (
    select p.id, list."priceCents"
    from jsonb_to_recordset(p_rows) as list (sku text, "priceCents" bigint)
    join products p on p.company_id = company and p.sku = list.sku
  )
  insert into price_overrides as own (company_id, customer_id, product_id, price_cents)
  select company, p_customer, id, "priceCents"
  from priced
  where (select count(*) from priced) = jsonb_array_length(p_rows)
  order by id
  on conflict (company_id, customer_id, product_id) do update set price_cents = excluded.price_cents
  where own.price_cents <> excluded.price_cents;
  get diagnostics changed = row_count;
  return changed;
end
$$;
