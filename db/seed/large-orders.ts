import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { type Id, newId } from '../ids.ts';
import { LARGE_BUYER } from './large-customers.ts';

/** Orders get the numbers behind this one. */
export const NUMBERS_FROM = 1000;
/** The customer to log in as places one order in so many. */
const BUYERS_SHARE = 500;

interface Wanted {
  companyId: Id<'company'>;
  /** How many orders there are already. */
  from: number;
  size: number;
  /** How many there are to be. */
  total: number;
  now: Date;
}

/** From 0, 1 excluded: always the same for the same number and purpose. */
const chance = (of: SQL, purpose: number) =>
  sql`((hashint8extended(${of}, ${purpose}::bigint) & 2147483647) / 2147483648.0)`;

/**
 * Some more orders, for a batch: over five years that grew steadily, by customers who were there by then, of one to five
 * products of which some are ordered far more often than others. The ledger has what they took, summed up for each
 * product, and what had to come in for it.
 */
export function largeOrderRows(db: Database, wanted: Wanted) {
  const { companyId, from, size } = wanted;
  const sold = sql`
    select l.product_id, count(*) as orders,
      coalesce(sum(l.quantity) filter (where o.status <> 'CANCELLED'), 0) as units
    from orders o
    join order_lines l on l.company_id = o.company_id and l.order_id = o.id
    where o.company_id = ${companyId}
      and o.number between ${NUMBERS_FROM + from + 1} and ${NUMBERS_FROM + from + size}
    group by 1`;
  return [
    // A hundred thousand lines take their time, and nobody has counted the tables for the planner yet.
    settings(db, { statement_timeout: '0', enable_nestloop: 'off' }),
    placed(db, wanted),
    settings(db, { enable_nestloop: 'on', 'app.stock_reason': 'import' }),
    db.execute(sql`
      update stock_levels s set on_hand = s.on_hand + 3 * sold.units
      from (${sold}) sold
      where s.company_id = ${companyId} and s.product_id = sold.product_id and s.on_hand < sold.units`),
    settings(db, { 'app.stock_reason': 'order' }),
    db.execute(sql`
      update stock_levels s
      set on_hand = s.on_hand - sold.units, times_ordered = s.times_ordered + sold.orders
      from (${sold}) sold
      where s.company_id = ${companyId} and s.product_id = sold.product_id`),
    db.execute(sql`
      insert into order_numbers (company_id, last) values (${companyId}, ${NUMBERS_FROM + from + size})
      on conflict (company_id) do update set last = excluded.last`),
  ];
}

function settings(db: Database, values: Record<string, string>) {
  const calls = Object.entries(values).map(([name, value]) => {
    return sql`set_config(${name}, ${value}, true)`;
  });
  return db.execute(sql`select ${sql.join(calls, sql`, `)}`);
}

function placed(db: Database, { companyId, from, size, total, now }: Wanted) {
  const ids = JSON.stringify(Array.from({ length: size }, () => newId('order')));
  return db.execute(sql`
    with wanted as materialized (
      select t.id, t.n, sqrt(t.n::float8 / ${total}::float8) as part
      from (
        select id, ${from}::bigint + position as n
        from jsonb_array_elements_text(${ids}::jsonb) with ordinality as t (id, position)
      ) t
    ),
    buyers as materialized (
      select id, name, email, search_key, created_at,
        row_number() over (order by email <> ${LARGE_BUYER}, created_at, id) - 1 as n
      from customers
      where company_id = ${companyId}
    ),
    goods as materialized (
      select id, name, sku, unit, price_cents, count(*) over () as total, row_number() over (order by sku) - 1 as n
      from products
      where company_id = ${companyId}
    ),
    lines as materialized (
      select drawn.order_id, drawn.line, drawn.quantity, g.id, g.name, g.sku, g.unit, g.price_cents
      from (
        select w.id as order_id, k as line, (1 + floor(9 * ${chance(sql`8 * w.n + k`, 4)}))::bigint as quantity,
          (floor(size.total * ${chance(sql`w.n`, 3)} ^ 2)::bigint + 7919 * k) % size.total as product
        from (select count(*) as total from goods) size, wanted w
        cross join lateral generate_series(1, 1 + floor(5 * ${chance(sql`w.n`, 2)})::integer) as k
      ) drawn
      join goods g on g.n = drawn.product
    ),
    sums as (
      select order_id, sum(quantity * price_cents)::bigint as subtotal, count(*) as lines
      from lines
      group by order_id
    ),
    orders_placed as (
      insert into orders (
        company_id, id, number, status, source, customer_id, customer_name, customer_email, placed_by_id,
        placed_by_name, currency, subtotal_cents, tax_rate_ppm, tax_cents, shipping_cents, total_cents, line_count,
        search_key, created_at, updated_at
      )
      select c.id, o.id, o.number,
        case
          when o.n % 25 = 0 then 'CANCELLED'
          when o.age > interval '7 days' then 'DELIVERED'
          when o.age > interval '3 days' then 'SHIPPED'
          when o.age > interval '1 day' then 'CONFIRMED'
          else 'SUBMITTED'
        end,
        (array['STOREFRONT', 'STOREFRONT', 'DASHBOARD', 'API'])[1 + o.n % 4], b.id, b.name, b.email, b.id,
        coalesce(b.name, b.email), c.currency, s.subtotal, c.tax_rate_ppm, t.tax, t.shipping, t.total, s.lines,
        concat_ws(' ', '#' || o.number, b.search_key), greatest(o.at, b.created_at), greatest(o.at, b.created_at)
      from (
        select id, n, ${NUMBERS_FROM} + n as number, interval '1825 days' * (1 - part) as age,
          ${now.toISOString()}::timestamptz - interval '1825 days' * (1 - part) as at,
          case
            when n % ${BUYERS_SHARE} = 0 then 0
            else floor((select count(*) from buyers) * part * ${chance(sql`n`, 1)})::bigint
          end as buyer
        from wanted
      ) o
      join sums s on s.order_id = o.id
      join buyers b on b.n = o.buyer
      join companies c on c.id = ${companyId}
      cross join lateral order_totals(s.subtotal, c.tax_rate_ppm, c.shipping_cents, c.free_shipping_from_cents) t
      order by o.n
    )
    insert into order_lines
      (company_id, order_id, line, product_id, name, sku, unit, quantity, unit_price_cents, total_cents)
    select ${companyId}, order_id, line, id, name, sku, unit, quantity, price_cents, quantity * price_cents
    from lines
    order by order_id, line`);
}
