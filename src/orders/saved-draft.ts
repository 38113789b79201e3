import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import type { DraftContent } from '#db/schema/order-drafts.ts';
import { orderDrafts } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { storable } from '../lib/fields.ts';
import { tenant } from '../tenant.ts';
import { type OrderDraft, quantityOf } from './order-draft.ts';

/** Characters of a text that a draft keeps: more than an order may have, and little enough for its row. */
const PO_NUMBER_KEPT = 1_000;
const NOTES_KEPT = 10_000;

/** What became of a save (db/sql/order-drafts.sql). */
export interface SavedDraft {
  /**
   * `changed`: another tab has saved or discarded the draft. `placed`: the order was placed. Both write nothing, and id and
   * version are those of the draft there is.
   */
  outcome: 'saved' | 'changed' | 'placed';
  /** null = there is no draft. */
  orderId: Id<'order'> | null;
  version: number;
}

export interface OpenedDraft {
  draft: OrderDraft;
  /** null = nothing was saved. */
  savedAt: Date | null;
}

/** Opens the person's draft, for a batch: the queries after it find its customer and lines in the settings. */
export function openedDraft(ctx: Ctx, customer: Id<'customer'> | null) {
  return ctx.db
    .select({ row: sql<OpenedRow>`open_order_draft(${customer})`.as('row') })
    .from(sql`(values (1)) as once`);
}

type OpenedRow = {
  orderId: Id<'order'> | null;
  version: number;
  content: DraftContent;
  updatedAt: string | null;
};

/** The draft that `openedDraft` has found, for a form of its own; without one, an empty draft. */
export function draftFrom({ orderId, version, content, updatedAt }: OpenedRow): OpenedDraft {
  const { customerId, addressId, lines, poNumber, notes } = content;
  return {
    draft: {
      id: orderId ?? newId('order'),
      version,
      page: crypto.randomUUID(),
      change: 0,
      customerId,
      addressId,
      lines: lines.map(({ productId, quantity, seenCents }) => ({
        productId,
        quantity,
        seenCents,
      })),
      part: 1,
      poNumber,
      notes,
      findProduct: '',
      findCustomer: '',
    },
    savedAt: updatedAt === null ? null : new Date(updatedAt),
  };
}

/** Saves what is typed, for a batch. Saves of a draft are not audited, as those of a cart are not. */
export function savedDraft(ctx: Ctx, draft: OrderDraft) {
  const content = JSON.stringify(contentOf(draft));
  const { id, version } = draft;
  return ctx.db
    .select({
      row: sql<SavedDraft>`save_order_draft(${id}, ${content}::jsonb, ${version}::integer,
        ${ctx.now.toISOString()})`.as('row'),
    })
    .from(sql`(values (1)) as once`);
}

function contentOf(draft: OrderDraft): DraftContent {
  const { customerId, addressId, lines, poNumber, notes, page, change } = draft;
  return {
    customerId,
    addressId,
    lines: lines.map((line) => ({
      ...line,
      quantity: storable(line.quantity),
      units: quantityOf(line),
    })),
    poNumber: storable(poNumber.slice(0, PO_NUMBER_KEPT)),
    notes: storable(notes.slice(0, NOTES_KEPT)),
    page,
    change,
  };
}

/** Refuses the batch with `changed_meanwhile` when another tab has saved the draft since this one showed it. */
export function expectedDraft(ctx: Ctx, { id, version, page }: OrderDraft) {
  return ctx.db.execute(sql`select expect_order_draft(${id}, ${version}::integer, ${page})`);
}

/** Deletes the draft of an order, for the batch that places it: nothing is deleted of an order that was refused. */
export function placedDraft(ctx: Ctx, id: Id<'order'>) {
  const company = companyId(ctx);
  return ctx.db.delete(orderDrafts).where(
    sql`${orderDrafts.companyId} = ${company} and ${orderDrafts.userId} = actor_id() and ${orderDrafts.orderId} = ${id}
      and exists (select from orders where company_id = ${company} and id = ${id})`,
  );
}

/** Discards the person's draft. */
export async function discardDraft(ctx: Ctx): Promise<void> {
  await tenant(ctx, 'orders:write').batch([
    ctx.db
      .delete(orderDrafts)
      .where(
        sql`${orderDrafts.companyId} = ${companyId(ctx)} and ${orderDrafts.userId} = actor_id()`,
      ),
  ]);
}

/** The same draft for the next form, which saves over the draft that there is now. */
export function draftAgain(
  draft: OrderDraft,
  { outcome, orderId, version }: SavedDraft,
): OrderDraft {
  const id = outcome === 'saved' ? draft.id : (orderId ?? newId('order'));
  return { ...draft, id, version, page: crypto.randomUUID(), change: 0 };
}
