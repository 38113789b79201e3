-- Who orders before they have confirmed their email address, and how much (decision 41). Strangers register at any store:
-- without a limit they hold its stock and use up the month's orders that its plan allows.

-- The address that must be confirmed before a person orders without these limits; null = none, because it is confirmed or
-- the customer is trusted: by the staff, or since an order was delivered. Accepting an invitation proves nothing where the
-- customer who invited has registered and not confirmed: their account shows the invitation's link.
--   p_person  the contact who orders, or the customer; a contact who was removed counts as the customer
create or replace function unproven_email(p_company text, p_customer text, p_person text) returns text
language plpgsql stable as $$
declare
  unproven text;
begin
  select case
    when c.trusted then null
    when p.email_verified and (c.email_verified or c.password_hash is null) then null
    when p.email_verified then c.email
    when p.id is not null then p.email
    when not c.email_verified then c.email
  end
  into unproven
  from customers c
  left join contacts p on p.company_id = c.company_id and p.customer_id = c.id and p.id = p_person
  where c.company_id = p_company and c.id = p_customer;
  if unproven is null then
    return null;
  end if;
  -- Materialized, so that the customer's orders are found by their index and not the company's by their status.
  return (
    with theirs as materialized (
      select o.status from orders o where o.company_id = p_company and o.customer_id = p_customer
    )
    select unproven where not exists (select from theirs where status = 'DELIVERED')
  );
end
$$;

-- How many storefront orders of a customer are open.
create or replace function open_orders(p_company text, p_customer text) returns bigint
language plpgsql stable as $$
begin
  return (
    select count(*) filter (where o.source = 'STOREFRONT' and o.status in ('SUBMITTED', 'CONFIRMED'))
    from orders o
    where o.company_id = p_company and o.customer_id = p_customer
  );
end
$$;

-- The address that must be confirmed before the next order of the person signed in; null = they may order.
create or replace function email_to_confirm(p_now timestamptz) returns text
language plpgsql stable as $$
declare
  company constant text := entered_company();
  customer constant text := current_setting('app.customer_id');
  email constant text := unproven_email(company, customer, actor_id());
  placed_today bigint;
begin
  if email is null then
    return null;
  end if;
  select count(*) filter (where o.source = 'STOREFRONT') into placed_today
  from orders o
  where o.company_id = company and o.customer_id = customer
    and o.created_at >= date_trunc('day', p_now at time zone 'UTC') at time zone 'UTC';
  if placed_today >= 10 or open_orders(company, customer) >= 3 then
    return email;
  end if;
  return null;
end
$$;

-- Counts an order that the person signed in is about to place, and refuses the fourth open one and the eleventh of the
-- day (UTC), cancelled ones included. The caller holds the company's order number, so what is counted here stays so.
create or replace function count_unproven_order(p_now timestamptz) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
  customer constant text := current_setting('app.customer_id');
  email constant text := unproven_email(company, customer, actor_id());
  is_within_day boolean;
begin
  if email is null then
    return;
  end if;
  is_within_day := use_today('orders ' || company || ' ' || customer, 10, p_now);
  -- A statement of its own, which sees what was committed while the counter was locked.
  if not is_within_day or open_orders(company, customer) >= 3 then
    raise exception 'Confirm your email address to place more orders. We sent a link to %.', email using errcode = 'DS422';
  end if;
end
$$;
