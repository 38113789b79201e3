import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { fromSnapshot } from '../lib/snapshot.ts';
import { tenant } from '../tenant.ts';
import type { OrderDraft } from './order-draft.ts';
import type { OrderWithLines } from './order-out.ts';
import { OrderInput } from './schema.ts';
import { expectedDraft, placedDraft } from './saved-draft.ts';
import { orderPermission } from './whose-orders.ts';

/** Why a line could not be ordered as it was shown; what is left of it, or what it costs by now. */
export interface LineProblem {
  productId: Id<'product'>;
  sku: string | null;
  /** null = there is no such product. */
  name: string | null;
  problem: 'gone' | 'short' | 'price';
  /** Units on hand. */
  available: number | null;
  seenCents: number | null;
  priceCents: number | null;
}

export type PlaceOrderResult =
  | {
      ok: true;
      id: Id<'order'>;
      number: number;
      /** When it was placed: of an order submitted again, when it was the first time. */
      createdAt: Date;
      /** It was there already. */
      again: boolean;
      /** In full, for an API key; null for others. */
      order: OrderWithLines | null;
    }
  /** Nothing was written. Without a line that is gone or short, the new prices only have to be confirmed. */
  | { ok: false; lines: LineProblem[]; totalCents: number };

type Placed =
  | {
      outcome: 'placed';
      number: number;
      createdAt: string;
      again: boolean;
      mails: Id<'message'>[];
      order: unknown;
    }
  | { outcome: 'refused'; lines: LineProblem[]; totalCents: number };

/**
 * Places one order in one round trip and one transaction ("Placing", db/sql/place-order.sql): stock, prices, totals, mails
 * and all. The place in the month's limit is the caller's to reserve first and to confirm or release by the result
 * (functions/orders/place-order-in-month.ts).
 * @param draft the saved draft that the order is typed in; it is deleted when the order is placed
 * @throws AppError validation, forbidden, not_found (customer), rule (customer blocked, address gone, too many of a product
 *   named by id and SKU), conflict (the id is another customer's order), changed_meanwhile (another tab has saved the draft)
 */
export async function placeOrder(
  ctx: Ctx,
  raw: unknown,
  draft?: OrderDraft,
): Promise<PlaceOrderResult> {
  const input = parse(OrderInput, raw);
  const mails = { placed: newId('message'), lowStock: newId('message') };
  const placing = ctx.db
    .select({
      placed:
        sql<Placed>`place_order(${input.id}, ${input.customerId}, ${JSON.stringify(input.lines)}::jsonb,
        ${input.seenTotalCents}, ${input.address && JSON.stringify(input.address)}::jsonb, ${input.poNumber},
        ${input.poNumber?.toLowerCase() ?? null}, ${input.notes}, ${input.pricing === 'customer'},
        ${JSON.stringify(mails)}::jsonb, ${ctx.origin}, ${ctx.now.toISOString()})`.as('placed'),
    })
    .from(sql`(values (1)) as once`);
  const door = tenant(ctx, orderPermission(ctx, 'write'));
  const [row] = draft
    ? (await door.batch([expectedDraft(ctx, draft), placing, placedDraft(ctx, input.id)]))[1]
    : (await door.batch([placing]))[0];
  const placed = row?.placed;
  if (!placed) throw new Error('The database did not say what became of the order.');
  if (placed.outcome === 'refused') {
    return { ok: false, lines: placed.lines, totalCents: placed.totalCents };
  }
  ctx.due.mails.push(...placed.mails);
  const { number, again } = placed;
  const createdAt = new Date(placed.createdAt);
  const order = placed.order === null ? null : fromSnapshot<OrderWithLines>(placed.order);
  return { ok: true, id: input.id, number, createdAt, again, order };
}

/**
 * Asks whether this API request was answered before, without placing anything.
 * @throws Replayed, AppError conflict (still running), rule (the key of another body), unauthorized, forbidden
 */
export async function expectUnanswered(ctx: Ctx): Promise<void> {
  await tenant(ctx, 'orders:write').batch([ctx.db.execute(sql`select`)]);
}
