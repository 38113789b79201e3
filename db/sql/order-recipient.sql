-- Whom an order's mails go to: the contact who placed it, for as long as they are one; otherwise the customer, at the address
-- the order froze. null = nobody.
create or replace function order_recipient(p_order orders) returns text
language plpgsql stable as $$
begin
  return coalesce(
    (
      select c.email from contacts c
      where c.company_id = p_order.company_id and c.id = p_order.placed_by_id and c.active
    ),
    p_order.customer_email
  );
end
$$;
