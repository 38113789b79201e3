import { and, eq } from 'drizzle-orm';
import { customerTotals } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { isStorable } from '../lib/fields.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { listedOrders, type OrderList, type OrderView, pageOfOrders } from './order-list.ts';

/** One page of what the customer and its people have ordered, `limit` orders at most. */
export async function getOwnOrders(ctx: Ctx, view: OrderView, limit: number): Promise<OrderList> {
  const door = tenant(ctx, 'own_orders:read');
  const any = ctx.db
    .select({ orders: customerTotals.orders })
    .from(customerTotals)
    .where(
      and(eq(customerTotals.companyId, companyId(ctx)), eq(customerTotals.customerId, myCustomer)),
    );
  // No order can have a text in it that cannot be stored.
  const findable = isStorable(view.search ?? '');
  const [known, found] = findable
    ? await door.batch([any, listedOrders(ctx, view, limit, myCustomer)])
    : [...(await door.batch([any])), []];
  return { page: pageOfOrders(found, view, limit), any: known.length > 0 };
}
