-- What was ordered on each day of a period, by what has become of it; days without an order are left out, and so are orders
-- in a currency the company has no more (decision 19): amounts of two currencies have no sum. The first and the last moment
-- are known before the orders are asked for, so that the planner sees how few of them are meant.
--   p_from, p_to  first and last day; null = without an end      p_zone  whose days; null = the company's
create or replace function sales_by_day(p_from date, p_to date, p_zone text)
returns table (day text, status text, orders integer, cents bigint)
language plpgsql stable set enable_seqscan = off set enable_sort = off set jit = off as $$
declare
  company constant companies := (select c from companies c where c.id = entered_company());
  zone constant text := coalesce(p_zone, company.time_zone);
  first_moment constant timestamptz := first_moment(p_from, zone);
  end_moment constant timestamptz := end_moment(p_to, zone);
begin
  return query
    select to_char(d.day, 'YYYY-MM-DD'), d.status, d.orders::integer, d.cents::bigint
    from (
      select (o.created_at at time zone zone)::date as day, o.status, count(*) as orders, sum(o.total_cents) as cents
      from orders o
      where o.company_id = entered_company() and o.created_at >= first_moment and o.created_at < end_moment
        and o.currency = company.currency
      group by 1, 2
    ) d;
end
$$;

-- The same of the last days, today included, in one row a day, without cancelled orders.
create or replace function daily_sales(p_now timestamptz, p_days integer)
returns table (day text, orders integer, cents bigint)
language plpgsql stable as $$
declare
  zone constant text := (select c.time_zone from companies c where c.id = entered_company());
begin
  return query
    select s.day, sum(s.orders)::integer, sum(s.cents)::bigint
    from sales_by_day((p_now at time zone zone)::date - p_days + 1, null, zone) s
    where s.status <> 'CANCELLED'
    group by s.day;
end
$$;
