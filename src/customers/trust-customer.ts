import { and, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { customers } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { tenant } from '../tenant.ts';
import { type Customer, customerById, customerColumns, found } from './queries.ts';

/**
 * Lets a customer order without limits although their email is not confirmed (decision 41), or takes that back.
 * @returns `changed` is false when the customer already was as asked
 * @throws AppError not_found
 */
export async function trustCustomer(
  ctx: Ctx,
  id: Id<'customer'>,
  trusted: boolean,
): Promise<{ customer: Customer; changed: boolean }> {
  const action = trusted ? 'CustomerTrusted' : 'CustomerTrustWithdrawn';
  const [updated, [current]] = await tenant(ctx, 'customers:write', action).batch([
    ctx.db
      .update(customers)
      .set({ trusted })
      .where(and(eq(customers.companyId, companyId(ctx)), eq(customers.id, id)))
      .returning(customerColumns),
    customerById(ctx, id),
  ]);
  return { customer: found(current), changed: updated.length > 0 };
}
