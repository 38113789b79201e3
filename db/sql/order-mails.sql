-- The mails of an order placed at the storefront: to the buyer, and to the managers about what has run low by it.
--   p_items  its lines, each with what was on hand before and its threshold
--   p_mails  ids for the mails: { placed, lowStock }
-- Returns the ids that were used.
create or replace function write_order_mails(p_order orders, p_items jsonb, p_mails jsonb, p_origin text) returns text[]
language plpgsql as $$
declare
  low text;
begin
  insert into outbox (id, company_id, recipient, template, data)
  values (
    p_mails ->> 'placed', p_order.company_id, order_recipient(p_order), 'order_placed',
    jsonb_build_object(
      'number', p_order.number::text, 'totalCents', p_order.total_cents::text, 'currency', p_order.currency,
      'lines', p_order.line_count::text, 'url', p_origin || '/store/{slug}/orders/' || p_order.id
    )
  );

  select string_agg(
    format('%s%s: %s left', item.name, ' (' || item.sku || ')', item."onHand" - item.quantity), e'\n' order by item.line
  )
  into low
  from jsonb_to_recordset(p_items) as item (
    line integer, name text, sku text, quantity bigint, "onHand" bigint, threshold bigint
  )
  where item."onHand" > item.threshold and item."onHand" - item.quantity <= item.threshold;
  if low is null then
    return array[p_mails ->> 'placed'];
  end if;

  insert into outbox (id, company_id, recipient, template, data)
  values (
    p_mails ->> 'lowStock', p_order.company_id, managers(), 'low_stock',
    jsonb_build_object(
      'products', low, 'number', p_order.number::text, 'url', p_origin || '/dashboard/inventory?stock=low'
    )
  );
  return array[p_mails ->> 'placed', p_mails ->> 'lowStock'];
end
$$;
