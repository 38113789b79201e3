import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { products, stockLevels } from '#db/schema/index.ts';
import { recentChanges } from '../audit/queries.ts';
import type { AuditEntry } from '../audit/schema.ts';
import { productOfPage, stockOfProduct } from '../catalog/queries.ts';
import { type Ctx, staffOf } from '../context.ts';
import { calendarDay } from '../lib/calendar-day.ts';
import { pageOfIds } from '../lib/looked-up.ts';
import { type ListedOrder, listedOrders } from '../orders/order-list.ts';
import { roleMay } from '../permissions.ts';
import { type DaySales, everyDay, salesRows } from '../reports/daily-sales.ts';
import { tenant } from '../tenant.ts';
import { type FirstSteps, firstSteps } from './queries.ts';

const DAYS = 30;
const SHOWN = 6;

export interface LowProduct {
  id: Id<'product'>;
  name: string;
  sku: string | null;
  onHand: number;
}

export interface DashboardHome {
  steps: FirstSteps;
  /** The last 30 days, oldest first; the last one is today. */
  days: DaySales[];
  /** Active products at or below their threshold, the least on hand first. */
  low: LowProduct[];
  recent: ListedOrder[];
  /** The newest changes; null for those who may not see the log. */
  changes: AuditEntry[] | null;
}

/** All that the dashboard's first page shows. */
export async function getDashboardHome(ctx: Ctx): Promise<DashboardHome> {
  const newest = { sort: 'created', descending: true, backwards: false } as const;
  const [[steps], sales, low, recent, changes] = await tenant(ctx, 'dashboard:read').inOrder([
    firstSteps(ctx),
    salesRows(ctx, DAYS),
    lowProducts(ctx),
    // It asks for one more, to know whether there are more.
    listedOrders(ctx, newest, SHOWN - 1),
    recentChanges(ctx, {}, SHOWN),
  ]);
  if (!steps) throw new Error('The company has no plan.');
  const { role, timeZone } = staffOf(ctx);
  return {
    steps,
    days: everyDay(sales, calendarDay(ctx.now, timeZone), DAYS),
    low,
    recent,
    // The role is known only now, as on a customer's page.
    changes: roleMay(role, 'audit:read') ? changes : null,
  };
}

function lowProducts(ctx: Ctx) {
  const page = sql`product_page(null, true, null, true, null, 'stock', false, null, null, ${SHOWN})`;
  return ctx.db
    .select({ id: products.id, name: products.name, sku: products.sku, onHand: stockLevels.onHand })
    .from(pageOfIds(page))
    .innerJoinLateral(productOfPage(ctx), sql`true`)
    .innerJoinLateral(stockOfProduct, sql`true`)
    .orderBy(stockLevels.onHand, products.id);
}
