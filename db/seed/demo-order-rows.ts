import { sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import type { Id } from '../ids.ts';
import { auditEntries, orderNumbers } from '../schema/index.ts';
import type { DemoOrder } from './demo-orders.ts';

const FIRST_NUMBER = 1001;

/**
 * Orders as `place_order()` leaves them, but in the past: with their lines, with the totals as they are worked out
 * everywhere (db/sql/order-totals.sql), numbered, and with what happened to them.
 */
export function orderRows(db: Database, companyId: Id<'company'>, orders: DemoOrder[]) {
  const rows = orders.map(({ placedBy, lines, steps, ...order }, n) => ({
    ...order,
    number: FIRST_NUMBER + n,
    placedById: placedBy.id,
    placedByName: placedBy.name,
    subtotalCents: lines.reduce((sum, line) => sum + line.quantity * line.priceCents, 0),
    lineCount: lines.length,
    poKey: order.poNumber?.toLowerCase() ?? null,
    changedAt: steps.at(-1)?.at ?? order.createdAt,
    version: steps.length + 1,
  }));
  const lines = orders.flatMap(({ id, lines: own }) =>
    own.map((line, n) => ({ orderId: id, line: n + 1, ...line })),
  );
  return [
    db.execute(sql`
      insert into orders (
        company_id, id, number, status, source, customer_id, customer_name, customer_email, placed_by_id,
        placed_by_name, shipping_address, po_number, notes, currency, subtotal_cents, tax_rate_ppm, tax_cents,
        shipping_cents, total_cents, line_count, search_key, version, created_at, updated_at
      )
      select c.id, r.id, r.number, r.status, r.source, r."customerId", r."customerName", r."customerEmail",
        r."placedById", r."placedByName", r.address, r."poNumber", r.notes, c.currency, r."subtotalCents",
        c.tax_rate_ppm, t.tax, t.shipping, t.total, r."lineCount",
        concat_ws(' ', '#' || r.number, r."poKey", buyer.search_key), r.version, r."createdAt", r."changedAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id text, number bigint, status text, source text, "customerId" text, "customerName" text,
        "customerEmail" text, "placedById" text, "placedByName" text, address jsonb, "poNumber" text, "poKey" text,
        notes text, "subtotalCents" bigint, "lineCount" integer, version integer, "createdAt" timestamptz,
        "changedAt" timestamptz
      )
      join companies c on c.id = ${companyId}
      left join customers buyer on buyer.company_id = c.id and buyer.id = r."customerId"
      cross join lateral order_totals(
        r."subtotalCents", c.tax_rate_ppm, c.shipping_cents, c.free_shipping_from_cents
      ) t
      order by r.number`),
    db.execute(sql`
      insert into order_lines
        (company_id, order_id, line, product_id, name, sku, unit, quantity, unit_price_cents, total_cents)
      select p.company_id, l."orderId", l.line, p.id, p.name, p.sku, p.unit, l.quantity, l."priceCents",
        l.quantity * l."priceCents"
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l (
        "orderId" text, line integer, "productId" text, quantity bigint, "priceCents" bigint
      )
      join products p on p.company_id = ${companyId} and p.id = l."productId"`),
    db.insert(orderNumbers).values({ companyId, last: FIRST_NUMBER + rows.length - 1 }),
    ...history(db, companyId, orders),
  ];
}

/** The audit log's entries about orders, which are their timelines, too. */
function history(db: Database, companyId: Id<'company'>, orders: DemoOrder[]) {
  const steps = orders.flatMap(({ id, steps: own }, n) =>
    own.map(({ at, from, to, by }) => ({
      companyId,
      createdAt: at,
      actorType: by.type,
      actorId: by.id,
      actorName: by.name,
      action: 'OrderStatusChanged',
      entityType: 'Order',
      entityId: id,
      entityName: `#${FIRST_NUMBER + n}`,
      details: { status: { from, to } },
    })),
  );
  const placed = orders.map(({ id, placedBy }) => ({ id, actorType: placedBy.type }));
  return [
    db.execute(sql`
      insert into audit_entries (company_id, created_at, actor_type, actor_id, actor_name, action, entity_type,
        entity_id, entity_name, details)
      select o.company_id, o.created_at, r."actorType", o.placed_by_id, o.placed_by_name, 'OrderPlaced', 'Order',
        o.id, '#' || o.number, jsonb_build_object('totalCents', o.total_cents)
      from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as r (id text, "actorType" text)
      join orders o on o.company_id = ${companyId} and o.id = r.id
      order by o.created_at`),
    db.insert(auditEntries).values(steps.toSorted((a, b) => +a.createdAt - +b.createdAt)),
  ];
}
