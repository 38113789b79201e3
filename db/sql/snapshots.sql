-- Resources as src/*/queries.ts reads them, as JSON: what events carry and what a repeated API write is answered with.
-- Times are ISO 8601 text; src/lib/snapshot.ts reads them back. A snapshot of what is not there is null.

-- (Its body is a string: a parsed one would depend on the row's type, and no column could be added to the table.)
create or replace function customer_snapshot(c customers) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
  'id', c.id, 'email', c.email, 'name', c.name, 'status', c.status, 'notes', c.notes,
  'creditLimitCents', c.credit_limit_cents, 'taxRateOverridePpm', c.tax_rate_override_ppm,
  'emailVerified', c.email_verified, 'version', c.version, 'createdAt', c.created_at, 'updatedAt', c.updated_at
)
$$;

create or replace function customer_snapshot(p_id text) returns jsonb
language plpgsql stable as $$
begin
  return (select customer_snapshot(c) from customers c where c.company_id = entered_company() and c.id = p_id);
end
$$;

create or replace function product_snapshot(p_id text) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'id', p.id, 'name', p.name, 'sku', p.sku, 'description', p.description, 'category', p.category, 'unit', p.unit,
      'priceCents', p.price_cents, 'stock', s.on_hand, 'imageId', p.image_id, 'active', p.active,
      'lowStockThreshold', p.low_stock_threshold,
      'lowAt', coalesce(p.low_stock_threshold, c.low_stock_threshold),
      'version', p.version, 'createdAt', p.created_at, 'updatedAt', p.updated_at
    )
    from products p
    join companies c on c.id = p.company_id
    join stock_levels s on s.company_id = p.company_id and s.product_id = p.id
    where p.company_id = entered_company() and p.id = p_id
  );
end
$$;

create or replace function order_snapshot(p_id text) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'id', o.id, 'number', o.number, 'status', o.status, 'source', o.source, 'customerId', o.customer_id,
      'customerName', o.customer_name, 'customerEmail', o.customer_email, 'shippingAddress', o.shipping_address,
      'poNumber', o.po_number, 'notes', o.notes, 'currency', o.currency, 'subtotalCents', o.subtotal_cents,
      'taxRatePpm', o.tax_rate_ppm, 'taxCents', o.tax_cents, 'shippingCents', o.shipping_cents,
      'totalCents', o.total_cents, 'version', o.version, 'createdAt', o.created_at, 'updatedAt', o.updated_at,
      'lines', (
        select jsonb_agg(
          jsonb_build_object(
            'line', l.line, 'productId', l.product_id, 'name', l.name, 'sku', l.sku, 'unit', l.unit,
            'quantity', l.quantity, 'unitPriceCents', l.unit_price_cents, 'totalCents', l.total_cents
          )
          order by l.line
        )
        from order_lines l
        where l.company_id = o.company_id and l.order_id = o.id
      )
    )
    from orders o
    where o.company_id = entered_company() and o.id = p_id
  );
end
$$;

-- With its secret, which is shown to whoever has just made it and to nobody later.
create or replace function webhook_snapshot(p_id text) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'id', w.id, 'url', w.url, 'events', w.events, 'active', w.active, 'disabledReason', w.disabled_reason,
      'secret', w.secret, 'previousSecretUntil', w.previous_secret_until, 'failingSince', w.failing_since,
      'version', w.version, 'createdAt', w.created_at, 'updatedAt', w.updated_at
    )
    from webhooks w
    where w.company_id = entered_company() and w.id = p_id
  );
end
$$;
