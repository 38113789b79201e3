import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { type Id, newId } from '../ids.ts';

/** Signs nothing: the webhook is off, and its host is nobody's. */
const DEMO_SECRET = 'whsec_ZGlzdHJpYnUtZGVtby1zZWNyZXQtc2lnbnMtbm90aGluZyE=';

/**
 * A webhook to an ERP that was told of orders, customers and stock for a few days, and was then switched off, so that nobody
 * is ever called. Most of it arrived at once; now and then the ERP was busy, and for the oldest it was so for good.
 */
export function webhookRows(db: Database, companyId: Id<'company'>, now: Date) {
  const longAgo = new Date(now.getTime() - 4 * 86_400_000).toISOString();
  const id = newId('webhook');
  return [
    db.execute(sql`
      insert into webhooks (company_id, id, url, events, active, secret, created_at)
      select ${companyId}, ${id}, 'https://erp.acmefoods.example/hooks/distribu',
        array['order.created', 'order.status_changed', 'customer.created', 'product.low_stock'], false, ${DEMO_SECRET},
        min(e.created_at) - interval '1 day'
      from events e where e.company_id = ${companyId}`),
    db.execute(sql`
      insert into webhook_deliveries (company_id, id, webhook_id, event_id, state, tries, next_attempt_at, created_at)
      select ${companyId}, new_type_id('dlv'), ${id}, e.id, case when given_up then 'failed' else 'delivered' end,
        case when given_up then 11 when n % 7 = 5 then 2 else 1 end, e.created_at, e.created_at
      from (
        select e.id, e.created_at, row_number() over (order by e.created_at desc, e.id) as n,
          row_number() over (order by e.created_at, e.id) = 1 and e.created_at < ${longAgo}::timestamptz as given_up
        from events e
        join webhooks w on w.company_id = e.company_id and w.id = ${id} and e.type = any (w.events)
        where e.company_id = ${companyId}
      ) as e
      order by e.created_at, e.id`),
    // Between the tries lies what the schedule says (src/webhooks/retry-schedule.ts).
    db.execute(sql`
      insert into webhook_attempts (company_id, delivery_id, status_code, duration_ms, response_body, created_at)
      select ${companyId}, d.id, answer.status, 60 + (hashtext(d.id || try)::bigint & 255), answer.body,
        d.created_at + interval '1 second' * (array[1, 6, 36, 336, 2136, 9336, 27336, 63336, 113736, 185736, 257736])[try]
      from webhook_deliveries d
      cross join lateral generate_series(1, d.tries) as tries (try)
      cross join lateral (
        select case when d.state = 'delivered' and try = d.tries then 200 else 503 end,
          case when d.state = 'delivered' and try = d.tries then '{"received":true}' else 'Maintenance. Try again later.' end
      ) as answer (status, body)
      where d.company_id = ${companyId} and d.webhook_id = ${id}
      order by d.created_at, d.id, try`),
  ];
}
