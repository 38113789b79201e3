-- What was ordered leaves the person's cart. What somebody put into it since the page was shown, stays.
create or replace function take_from_cart(p_items jsonb) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  customer constant text := current_setting('app.customer_id');
  contact constant text := nullif(current_setting('app.contact_id'), '');
begin
  -- The lock of src/cart/add-to-cart.ts: one at a time changes many lines of a cart.
  perform pg_advisory_xact_lock(hashtextextended(company || customer || coalesce(contact, ''), 1));
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
