-- What a month's object (functions/objects/order-places.ts) asks: how many orders a month the company's plan allows, and
-- which ones it has. Asked as distribu_system, for a company nobody has entered.
--   p_from, p_until  the month in UTC, p_until excluded
--   p_known          how many orders of the month the object knows to be there
-- One more than the plan allows is all it takes to be full, so that is where the ids end; null = no more than are known,
-- and orders are never deleted, so they are the same.
create or replace function orders_of_month(p_company text, p_from timestamptz, p_until timestamptz, p_known bigint)
returns table (places bigint, ids text[])
language sql stable
begin atomic
  select u.max_orders,
    case when cardinality(found.ids) > p_known then found.ids end
  from plan_usage u
  cross join lateral (
    select array(
      select o.id
      from orders o
      where o.company_id = p_company and o.created_at >= p_from and o.created_at < p_until
      order by o.created_at, o.id
      limit coalesce(u.max_orders + 1, 0)
    ) as ids
  ) found
  where u.company_id = p_company;
end;

alter function orders_of_month owner to distribu_system;
