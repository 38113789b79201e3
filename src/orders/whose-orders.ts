import { eq, type SQL } from 'drizzle-orm';
import { orders } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { myCustomer } from '../storefront/me.ts';

/** The permission for the orders of whoever asks: a customer's people have their own, the staff and its software any. */
export function orderPermission(ctx: Ctx, what: 'read' | 'write') {
  return ctx.entry.kind === 'customer'
    ? (`own_orders:${what}` as const)
    : (`orders:${what}` as const);
}

/** The condition that keeps a customer's people to their own; undefined = any order of the company. */
export function oneOfTheirs(ctx: Ctx): SQL | undefined {
  return ctx.entry.kind === 'customer' ? eq(orders.customerId, myCustomer) : undefined;
}
