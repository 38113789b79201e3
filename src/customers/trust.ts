import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { prepared } from '#db/prepared.ts';
import { customers } from '#db/schema/index.ts';
import { type Ctx, ENTERED } from '../context.ts';

/** Whether a customer's storefront orders are limited because their email is not confirmed (db/sql/unproven-orders.sql). */
export interface Trust {
  /** The staff trust the customer. */
  trusted: boolean;
  /** Neither that, nor a confirmed email, nor a delivered order. */
  limited: boolean;
}

const byId = prepared((db) =>
  db
    .select({
      trusted: customers.trusted,
      limited: sql<boolean>`unproven_email(${customers.companyId}, ${customers.id}, null) is not null`,
    })
    .from(customers)
    .where(and(eq(customers.companyId, ENTERED), eq(customers.id, sql.placeholder('id')))),
);

/** The trust in one customer, for a batch. */
export function trustOf(ctx: Ctx, id: Id<'customer'>) {
  return byId(ctx.db, { id });
}
