import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import type { Id } from '../ids.ts';

/**
 * What the bell tells of, as the triggers would have written it: orders and cancellations of the last days, stock that
 * runs low, and two customers who have just joined. What came before today has been read.
 */
export function eventRows(db: Database, companyId: Id<'company'>, now: Date, midnight: Date) {
  const at = (days: number, hours: number) =>
    new Date(now.getTime() - (days * 24 + hours) * 3_600_000).toISOString();
  return [
    db.execute(sql`
      insert into events (company_id, id, type, entity_id, snapshot, actor_type, actor_id, transaction, created_at)
      select ${companyId}, new_type_id('evt'), type, entity, snapshot, actor_type, actor_id,
        pg_current_xact_id()::text::bigint, at
      from (
        select 'order.created' as type, o.id as entity, order_snapshot(o.id) || '{"status": "SUBMITTED"}' as snapshot,
          case o.source when 'API' then 'API_KEY' else 'CUSTOMER' end as actor_type, o.placed_by_id as actor_id,
          o.created_at as at
        from orders o
        where o.company_id = ${companyId} and o.source <> 'DASHBOARD' and o.created_at > ${at(3, 0)}::timestamptz
        union all
        select 'order.status_changed', o.id, order_snapshot(o.id) || '{"previousStatus": "SUBMITTED"}', a.actor_type,
          a.actor_id, a.created_at
        from orders o
        join audit_entries a on a.company_id = o.company_id and a.entity_id = o.id
          and a.action = 'OrderStatusChanged' and a.actor_type = 'CUSTOMER'
        where o.company_id = ${companyId} and a.created_at > ${at(14, 0)}::timestamptz
        union all
        (
          select 'product.low_stock', p.id, product_snapshot(p.id), 'CUSTOMER', null,
            ${at(0, 1)}::timestamptz - row_number() over (order by p.id) * interval '19 hours'
          from products p
          join stock_levels s on s.company_id = p.company_id and s.product_id = p.id
          where p.company_id = ${companyId} and p.active and s.on_hand between 0 and 3
          order by p.id
          limit 4
        )
        union all
        (
          select 'customer.created', c.id, customer_snapshot(c), 'CUSTOMER', null, c.created_at
          from customers c
          where c.company_id = ${companyId} and c.created_at > ${at(30, 0)}::timestamptz
          order by c.created_at desc
          limit 2
        )
      ) as happened (type, entity, snapshot, actor_type, actor_id, at)
      order by at`),
    db.execute(sql`
      update memberships set notifications_seen_at = ${midnight.toISOString()}::timestamptz
      where company_id = ${companyId}`),
  ];
}
