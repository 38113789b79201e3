-- One page of what customers have ordered in a period, whoever brought most first. Cancelled orders count as orders, and not
-- towards money; other currencies as in daily-sales.sql; orders for nobody in particular are nobody's.
--   p_from, p_to  first and last day; null = without an end      p_zone  whose days; null = the company's
--   p_cents, p_id  where the page before ended; null = the first page
create or replace function customer_sales(
  p_from date, p_to date, p_zone text, p_cents bigint, p_id text, p_limit integer
) returns table (id text, name text, email text, orders integer, cancelled integer, cents bigint, last_order_at timestamptz)
language plpgsql stable rows 50 set enable_seqscan = off set jit = off as $$
declare
  company constant companies := (select c from companies c where c.id = entered_company());
  zone constant text := coalesce(p_zone, company.time_zone);
  first_moment constant timestamptz := first_moment(p_from, zone);
  end_moment constant timestamptz := end_moment(p_to, zone);
begin
  return query
    with page as (
      select s.*
      from (
        select o.customer_id, count(*) as orders, count(*) filter (where o.status = 'CANCELLED') as cancelled,
          coalesce(sum(o.total_cents) filter (where o.status <> 'CANCELLED'), 0)::bigint as cents,
          max(o.created_at) as last_order_at
        from orders o
        where o.company_id = entered_company() and o.created_at >= first_moment and o.created_at < end_moment
          and o.currency = company.currency and o.customer_id is not null
        group by o.customer_id
      ) s
      where p_id is null or (s.cents, s.customer_id) < (p_cents, p_id)
      order by s.cents desc, s.customer_id desc
      limit p_limit
    )
    select c.id, c.name, c.email, page.orders::integer, page.cancelled::integer, page.cents, page.last_order_at
    from page
    cross join lateral (
      select * from customers where company_id = entered_company() and customers.id = page.customer_id limit 1
    ) c
    order by page.cents desc, page.customer_id desc;
end
$$;
