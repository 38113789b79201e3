import { and, eq } from 'drizzle-orm';
import { customerTotals } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { listedOrders, type OrderList, type OrderView, pageOfOrders } from './order-list.ts';

/** One page of what the customer and its people have ordered, `limit` orders at most. */
export async function getOwnOrders(ctx: Ctx, view: OrderView, limit: number): Promise<OrderList> {
  const any = ctx.db
    .select({ orders: customerTotals.orders })
    .from(customerTotals)
    .where(
      and(eq(customerTotals.companyId, companyId(ctx)), eq(customerTotals.customerId, myCustomer)),
    );
  const [known, found] = await tenant(ctx, 'own_orders:read').batch([
    any,
    listedOrders(ctx, view, limit, myCustomer),
  ]);
  return { page: pageOfOrders(found, view, limit), any: known.length > 0 };
}
