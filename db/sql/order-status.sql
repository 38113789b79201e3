-- One step of an order, whoever takes it. Stock is locked before the customer's totals, as in place_order().
--   p_seen  the status the page showed, so that two people do not step on each other; null = whatever it is
--   p_mail  id of the mail that tells the customer
-- Returns { outcome: 'changed' | 'unchanged' | 'changed_meanwhile', status, mails }.
create or replace function change_order_status(
  p_id text, p_status text, p_seen text, p_mail text, p_origin text
) returns jsonb
language plpgsql as $$
declare
  company constant text := entered_company();
  is_customer constant boolean := actor_type() = 'CUSTOMER';
  steps constant text[] := '{SUBMITTED,CONFIRMED,SHIPPED,DELIVERED}';
  changed orders;
  snapshot jsonb;
  recipient text;
  cancelled_by text;
begin
  select * into changed from orders where company_id = company and id = p_id for update;
  if changed.id is null or is_customer and changed.customer_id is distinct from current_setting('app.customer_id') then
    raise exception 'Order not found.' using errcode = 'DS404';
  elsif changed.status = p_status then
    return jsonb_build_object('outcome', 'unchanged', 'status', changed.status, 'mails', '[]'::jsonb);
  elsif changed.status = 'CANCELLED' then
    raise exception 'A cancelled order cannot be changed.' using errcode = 'DS422';
  elsif is_customer and (p_status <> 'CANCELLED' or changed.status <> 'SUBMITTED') then
    raise exception 'This order can no longer be cancelled here. Please contact the store.' using errcode = 'DS422';
  elsif changed.status <> p_seen then
    return jsonb_build_object('outcome', 'changed_meanwhile', 'status', changed.status, 'mails', '[]'::jsonb);
  end if;

  -- The customer hears of steps forward and of the end, each the first time the order comes there: a repeat says nothing
  -- new. The log knows where the order has been.
  if (p_status = 'CANCELLED' or array_position(steps, changed.status) < array_position(steps, p_status))
    and not exists (
      select from audit_entries a
      where a.company_id = company and a.entity_id = p_id and a.action = 'OrderStatusChanged'
        and a.details -> 'status' ->> 'to' = p_status
    )
  then
    recipient := order_recipient(changed);
  end if;
  -- The person the mail goes to (order_recipient), somebody else of the account, or the store.
  cancelled_by := case
    when not is_customer then 'store'
    when actor_id() = coalesce(
      (select c.id from contacts c where c.company_id = company and c.id = changed.placed_by_id and c.active),
      changed.customer_id
    ) then 'you'
    else 'account'
  end;

  if p_status = 'CANCELLED' then
    perform return_stock(p_id, 'cancel');
  end if;
  update orders set status = p_status where company_id = company and id = p_id;

  snapshot := order_snapshot(p_id) || jsonb_build_object('previousStatus', changed.status);
  perform record_event('order.status_changed', p_id, snapshot);
  if p_status = 'SHIPPED' then
    perform record_event('order.shipped', p_id, snapshot);
  elsif p_status = 'CANCELLED' then
    perform record_event('order.cancelled', p_id, snapshot);
  end if;

  if recipient is null then
    return jsonb_build_object('outcome', 'changed', 'status', p_status, 'mails', '[]'::jsonb);
  end if;
  insert into outbox (id, company_id, recipient, template, data)
  values (
    p_mail, company, recipient, 'order_status',
    jsonb_build_object(
      'number', changed.number::text, 'status', p_status, 'by', cancelled_by,
      'url', p_origin || '/store/{slug}/orders/' || p_id
    )
  );
  return jsonb_build_object('outcome', 'changed', 'status', p_status, 'mails', jsonb_build_array(p_mail));
end
$$;

-- Puts all that an order took back on the shelf. Whoever calls it holds the order's lock and knows that it has not
-- happened yet.
create or replace function return_stock(p_order text, p_reason text) returns void
language plpgsql as $$
declare
  company constant text := entered_company();
begin
  perform from stock_levels s
  join order_lines l on l.company_id = company and l.order_id = p_order and l.product_id = s.product_id
  where s.company_id = company
  order by s.product_id
  for update of s;
  perform set_stock_reason(p_reason, p_order);
  update stock_levels s set on_hand = s.on_hand + l.quantity
  from order_lines l
  where l.company_id = company and l.order_id = p_order and s.company_id = company and s.product_id = l.product_id;
  perform set_stock_reason('', '');
end
$$;

-- What each customer has ordered so far in each currency, by construction.
create or replace function add_customer_totals() returns trigger
language plpgsql as $$
begin
  insert into customer_totals as totals (company_id, customer_id, currency, orders, cancelled, spent_cents, last_order_at)
  select company_id, customer_id, currency, count(*), count(*) filter (where status = 'CANCELLED'),
    coalesce(sum(total_cents) filter (where status <> 'CANCELLED'), 0), max(created_at)
  from added
  where customer_id is not null
  group by company_id, customer_id, currency
  order by customer_id, currency
  on conflict (company_id, customer_id, currency) do update set
    orders = totals.orders + excluded.orders,
    cancelled = totals.cancelled + excluded.cancelled,
    spent_cents = totals.spent_cents + excluded.spent_cents,
    last_order_at = greatest(totals.last_order_at, excluded.last_order_at);
  return null;
end
$$;

create or replace trigger add_customer_totals after insert on orders
referencing new table as added for each statement execute function add_customer_totals();

create or replace function take_cancelled_from_totals() returns trigger
language plpgsql as $$
begin
  update customer_totals
  set cancelled = cancelled + 1, spent_cents = spent_cents - new.total_cents
  where company_id = new.company_id and customer_id = new.customer_id and currency = new.currency;
  return null;
end
$$;

create or replace trigger take_cancelled_from_totals after update on orders
for each row when (old.status <> 'CANCELLED' and new.status = 'CANCELLED')
execute function take_cancelled_from_totals();

-- The log's entries about an order are its timeline, too.
create or replace function audit_order() returns trigger
language plpgsql as $$
begin
  perform write_audit(
    new.company_id,
    case tg_op when 'INSERT' then 'OrderPlaced' else 'OrderStatusChanged' end,
    'Order', new.id, '#' || new.number,
    case tg_op
      when 'INSERT' then jsonb_build_object('totalCents', new.total_cents)
      else jsonb_build_object('status', jsonb_build_object('from', old.status, 'to', new.status))
    end
  );
  return null;
end
$$;

create or replace trigger audit_placed after insert on orders
for each row when (current_setting('app.action', true) is distinct from 'bulk') execute function audit_order();

create or replace trigger audit_status after update on orders
for each row when (old.status <> new.status and current_setting('app.action', true) is distinct from 'bulk')
execute function audit_order();
