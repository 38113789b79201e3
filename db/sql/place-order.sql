-- One order, whole or not at all, in one call of the transaction's own company and actor: a customer's people at the
-- storefront, a user at the dashboard, or an API key.
--   p_id        made when the form was rendered, so pressing twice or trying again after a lost answer is the same order
--   p_customer  whose order it is; a storefront's customer is always themselves; null = nobody in particular
--   p_lines     [{ productId | sku, quantity, seenCents }], each product once, but for those named by their SKU;
--               seenCents = the price the page showed, or null
--   p_seen_total  the total the page showed, in cents; null = any
--   p_address   { id } of one of the customer's addresses, or a whole address, or null
--   p_po_key    the PO number in lower case, which is JavaScript's as in customers.search_key
--   p_customer_prices  whether the customer's own prices apply (decision 7)
--   p_mails     ids for the mails it may cause: { placed, lowStock }
-- Returns { outcome: 'placed', number, createdAt, again, mails, order } with the order in full for an API key and null for
-- others, or, with nothing written,
-- { outcome: 'refused', lines: [{ productId, sku, name, problem: gone | short | price, available, seenCents, priceCents }],
--   totalCents }: what is gone or short must be mended, a new price or total confirmed.
-- Only the storefront mails (order-mails.sql): of an order that was entered for a customer, at the dashboard or over the
-- API, the customer is told by whoever entered it.
-- Locks are taken in this order everywhere: stock by product, the company's number, the day's orders of an unproven
-- customer, the customer's totals.
create or replace function place_order(
  p_id text, p_customer text, p_lines jsonb, p_seen_total bigint, p_address jsonb, p_po_number text, p_po_key text,
  p_notes text, p_customer_prices boolean, p_mails jsonb, p_origin text, p_now timestamptz
) returns jsonb
language plpgsql as $$
declare
  company constant companies := (select c from companies c where c.id = entered_company());
  source constant text := case actor_type() when 'CUSTOMER' then 'STOREFRONT' when 'API_KEY' then 'API' else 'DASHBOARD' end;
  buyer customers;
  existing orders;
  placed orders;
  snapshot jsonb;
  items jsonb;
  problems jsonb;
  address jsonb := p_address;
  subtotal bigint;
  tax_rate bigint;
  totals record;
  order_number bigint;
  taken integer;
  mails text[] := '{}';
begin
  -- The same order a second time waits here for the first.
  perform pg_advisory_xact_lock(hashtextextended(company.id || p_id, 0));
  if source = 'STOREFRONT' then
    p_customer := current_setting('app.customer_id');
  end if;

  select * into existing from orders where company_id = company.id and id = p_id;
  if existing.id is not null then
    if existing.customer_id is distinct from p_customer then
      raise exception 'This order cannot be placed again.' using errcode = 'DS409';
    end if;
    return jsonb_build_object(
      'outcome', 'placed', 'number', existing.number, 'createdAt', existing.created_at, 'again', true, 'mails', '[]'::jsonb,
      'order', case when source = 'API' then order_snapshot(p_id) end
    );
  end if;

  if p_customer is not null then
    select * into buyer from customers where company_id = company.id and id = p_customer;
    if buyer.id is null then
      raise exception 'Customer not found.' using errcode = 'DS404';
    elsif buyer.status <> 'ACTIVE' then
      raise exception 'This customer is blocked and cannot order.' using errcode = 'DS422';
    end if;
  end if;

  if address ? 'id' then
    select jsonb_build_object(
      'label', a.label, 'line1', a.line1, 'line2', a.line2, 'city', a.city, 'region', a.region,
      'postalCode', a.postal_code, 'country', a.country
    )
    into address
    from addresses a
    where a.company_id = company.id and a.customer_id = p_customer and a.id = p_address ->> 'id';
    if address is null then
      raise exception 'This address is no longer there. Choose another one.' using errcode = 'DS422';
    end if;
  end if;

  if jsonb_path_exists(p_lines, '$[*].sku') then
    p_lines := lines_by_id(p_lines);
  end if;

  perform from stock_levels s
  where s.company_id = company.id
    and s.product_id in (select l."productId" from jsonb_to_recordset(p_lines) as l ("productId" text))
  order by s.product_id
  for update;

  select jsonb_agg(to_jsonb(item) order by item.line), coalesce(sum(item.quantity * item."priceCents"), 0)
  into items, subtotal
  from (
    select l.line, l.quantity, l."seenCents", l."productId", p.name, coalesce(p.sku, l.sku) as sku, p.unit,
      s.on_hand as "onHand",
      coalesce(o.price_cents, p.price_cents) as "priceCents",
      p.id is not null and (p.active or source = 'DASHBOARD') as orderable,
      coalesce(p.low_stock_threshold, company.low_stock_threshold) as threshold
    from rows from (
      jsonb_to_recordset(p_lines) as ("productId" text, sku text, quantity bigint, "seenCents" bigint)
    ) with ordinality as l ("productId", sku, quantity, "seenCents", line)
    left join products p on p.company_id = company.id and p.id = l."productId"
    left join stock_levels s on s.company_id = company.id and s.product_id = l."productId"
    left join price_overrides o
      on p_customer_prices and o.company_id = company.id and o.customer_id = p_customer and o.product_id = l."productId"
  ) item;

  tax_rate := coalesce(buyer.tax_rate_override_ppm, company.tax_rate_ppm);
  select * into totals
  from order_totals(subtotal, tax_rate, company.shipping_cents, company.free_shipping_from_cents);

  select jsonb_agg(
    jsonb_build_object(
      'productId', item."productId", 'sku', item.sku, 'name', item.name, 'available', item."onHand", 'seenCents', item."seenCents",
      'priceCents', item."priceCents",
      'problem', case
        when not item.orderable then 'gone'
        when item."onHand" < item.quantity then 'short'
        else 'price'
      end
    )
  )
  into problems
  from jsonb_to_recordset(items) as item (
    "productId" text, sku text, name text, quantity bigint, "onHand" bigint, "seenCents" bigint, "priceCents" bigint,
    orderable boolean
  )
  where not item.orderable or item."onHand" < item.quantity or item."seenCents" <> item."priceCents";
  if problems is not null or totals.total <> p_seen_total then
    return jsonb_build_object(
      'outcome', 'refused', 'lines', coalesce(problems, '[]'), 'totalCents', totals.total
    );
  end if;

  perform set_stock_reason('order', p_id);
  update stock_levels s
  set on_hand = s.on_hand - item.quantity, times_ordered = s.times_ordered + 1
  from jsonb_to_recordset(items) as item ("productId" text, quantity bigint)
  where s.company_id = company.id and s.product_id = item."productId" and s.on_hand >= item.quantity;
  get diagnostics taken = row_count;
  perform set_stock_reason('', '');
  if taken <> jsonb_array_length(items) then
    raise exception 'An order took % of % stock levels.', taken, jsonb_array_length(items);
  end if;

  insert into order_numbers as numbers (company_id, last) values (company.id, 1001)
  on conflict (company_id) do update set last = numbers.last + 1
  returning last into order_number;
  if source = 'STOREFRONT' then
    perform count_unproven_order(p_now);
  end if;

  insert into orders (
    company_id, id, number, source, customer_id, customer_name, customer_email, placed_by_id, placed_by_name,
    shipping_address, po_number, notes, currency, subtotal_cents, tax_rate_ppm, tax_cents, shipping_cents, total_cents,
    line_count, search_key, created_at, updated_at
  )
  values (
    company.id, p_id, order_number, source, buyer.id, buyer.name, buyer.email, actor_id(), actor_name(),
    address, p_po_number, p_notes, company.currency, subtotal, tax_rate, totals.tax, totals.shipping, totals.total,
    jsonb_array_length(items), concat_ws(' ', '#' || order_number, p_po_key, buyer.search_key), p_now, p_now
  )
  returning * into placed;

  insert into order_lines
    (company_id, order_id, line, product_id, name, sku, unit, quantity, unit_price_cents, total_cents)
  select company.id, p_id, item.line, item."productId", item.name, item.sku, item.unit, item.quantity, item."priceCents",
    item.quantity * item."priceCents"
  from jsonb_to_recordset(items) as item (
    line integer, "productId" text, name text, sku text, unit text, quantity bigint, "priceCents" bigint
  );

  -- Not for what the staff enter themselves (decision 4).
  if source <> 'DASHBOARD' then
    snapshot := order_snapshot(p_id);
    perform record_event('order.created', p_id, snapshot);
  end if;

  if source = 'STOREFRONT' then
    perform take_from_cart(items);
    mails := write_order_mails(placed, items, p_mails, p_origin);
  end if;

  return jsonb_build_object(
    'outcome', 'placed', 'number', order_number, 'createdAt', placed.created_at, 'again', false, 'mails', to_jsonb(mails),
    'order', case when source = 'API' then snapshot end
  );
end
$$;
