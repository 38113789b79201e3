import { sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/** What a person is told who has ordered all that an unproven customer may (decision 41); db/sql/unproven-orders.sql says the same. */
export const confirmFirst = (email: string) =>
  `Confirm your email address to place more orders. We sent a link to ${email}.`;

/** The address that the person signed in has to confirm before their next order, for a batch; null = they may order. */
export function emailToConfirm(ctx: Ctx) {
  const email = sql<string | null>`email_to_confirm(${ctx.now.toISOString()})`;
  return ctx.db.select({ email: email.as('email') }).from(sql`(values (1)) as once`);
}
