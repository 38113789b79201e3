-- What a month's object (functions/objects/order-places.ts) asks: how many orders a month the company's plan allows, and
-- which ones count. Asked as distribu_system, for a company nobody has entered.
--   p_from, p_until  the month in UTC, p_until excluded
--   p_known          how many orders the object counts that the database has told it of
-- One more than the plan allows is all it takes to be full, so that is where the ids end; null = as many as are known.
create or replace function orders_of_month(p_company text, p_from timestamptz, p_until timestamptz, p_known bigint)
returns table (places bigint, ids text[])
language sql stable
begin atomic
  select u.max_orders,
    case when cardinality(found.ids) <> least(p_known, u.max_orders + 1) then found.ids end
  from plan_usage u
  cross join lateral (
    select array(
      select o.id
      from orders o
      where o.company_id = p_company and o.created_at >= p_from and o.created_at < p_until
        and not (
          o.status = 'CANCELLED' and o.source = 'STOREFRONT'
          and exists (
            select from daily_uses d
            where d.day = (p_until at time zone 'UTC')::date - 1 and d.subject = 'place given back ' || o.id
          )
        )
      order by o.created_at, o.id
      limit coalesce(u.max_orders + 1, 0)
    ) as ids
  ) found
  where u.company_id = p_company;
end;

alter function orders_of_month owner to distribu_system;

-- A cancelled order keeps its place in the month, unless an unproven customer placed it at the storefront (decision 41):
-- strangers who place and cancel orders would use up the store's month. It is decided here, once, and kept until the month
-- is over: an address that is confirmed later takes no place back that another order may have by then.
create or replace function give_place_back() returns trigger
language plpgsql as $$
begin
  if unproven_email(new.company_id, new.customer_id, new.placed_by_id) is not null then
    perform use_today(
      'place given back ' || new.id, 1,
      (date_trunc('month', new.created_at at time zone 'UTC') + interval '1 month - 1 day') at time zone 'UTC'
    );
  end if;
  return null;
end
$$;

create or replace trigger give_place_back after update on orders
for each row when (old.status <> 'CANCELLED' and new.status = 'CANCELLED' and new.source = 'STOREFRONT')
execute function give_place_back();
