-- Two additions to the person's cart at once would each find room for their own: one at a time changes many of its lines.
create or replace function lock_cart() returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(
    hashtextextended(entered_company() || current_setting('app.customer_id') || current_setting('app.contact_id'), 1)
  );
end
$$;

-- What was ordered leaves the person's cart. What somebody put into it since the page was shown, stays.
create or replace function take_from_cart(p_items jsonb) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  customer constant text := current_setting('app.customer_id');
  contact constant text := nullif(current_setting('app.contact_id'), '');
begin
  perform lock_cart();
  delete from cart_lines c
  using jsonb_to_recordset(p_items) as item ("productId" text, quantity bigint)
  where c.company_id = company and c.customer_id = customer and c.contact_id is not distinct from contact
    and c.product_id = item."productId" and c.quantity <= item.quantity;
  update cart_lines c set quantity = c.quantity - item.quantity
  from jsonb_to_recordset(p_items) as item ("productId" text, quantity bigint)
  where c.company_id = company and c.customer_id = customer and c.contact_id is not distinct from contact
    and c.product_id = item."productId";
end
$$;
