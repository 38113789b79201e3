import { eq } from 'drizzle-orm';
import { prepared } from '#db/prepared.ts';
import { customers, planUsage } from '#db/schema/index.ts';
import { type Ctx, ENTERED, staffOf } from '../context.ts';
import { type ListView, listView, type Query, searched } from '../lib/list-view.ts';
import type { Page } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import { totalsByCurrency, orderSummary, type OrderSummary } from './order-summary.ts';
import { type CustomerPage, customerPage, customerPosition, pageOf } from './queries.ts';
import {
  CUSTOMER_SORTS,
  CUSTOMER_STATUSES,
  type CustomerSort,
  type CustomerStatus,
} from './schema.ts';

/** Which customers are asked for; what is not set does not filter. */
export interface CustomerFilter {
  /** Case-insensitive substring of email or name. */
  search?: string | undefined;
  status?: CustomerStatus | undefined;
}

/** What the dashboard's list shows, and in which order. */
export interface CustomerView extends CustomerFilter, ListView<CustomerSort> {}

/** The filter an address names: `q`, `status`. What makes no sense is left out. */
export function customerFilter(query: Query): CustomerFilter {
  return {
    search: searched(query['q']),
    status: CUSTOMER_STATUSES.find((status) => status === query['status']),
  };
}

/** What an address asks of the list; unsorted, the newest come first. */
export function customerView(query: Query): CustomerView {
  const newest = { sort: 'created', descending: true } as const;
  return {
    ...customerFilter(query),
    ...listView(query, CUSTOMER_SORTS, newest, customerPosition),
  };
}

/** No more than the list shows: each column of each row takes time to read. */
const listedColumns = {
  id: customers.id,
  email: customers.email,
  name: customers.name,
  nameKey: customers.nameKey,
  status: customers.status,
  createdAt: customers.createdAt,
};

export type ListedCustomer = Pick<typeof customers.$inferSelect, keyof typeof listedColumns> & {
  ordered: OrderSummary;
};

export interface CustomerList {
  page: Page<ListedCustomer>;
  /** All customers of the company, whatever the filter. */
  total: number;
}

/** One page of the dashboard's list, `limit` customers at most. */
export async function getCustomerList(
  ctx: Ctx,
  view: CustomerView,
  limit: number,
): Promise<CustomerList> {
  const input = { ...view, limit };
  const asked = customerPage(input);
  const door = tenant(ctx, 'customers:read');
  const queries = [counted(ctx.db, {}), listed(ctx.db, asked.values, asked)] as const;
  const [[usage], found] = await (asked.isSearch ? door.batch(queries) : door.inOrder(queries));
  const page = pageOf(found, input);
  const { currency } = staffOf(ctx);
  return {
    page: {
      ...page,
      rows: page.rows.map(({ totals, ...row }) => ({
        ...row,
        ordered: orderSummary(totals, currency),
      })),
    },
    total: usage?.total ?? 0,
  };
}

const listed = prepared((db, { from, where, orderBy, limit }: CustomerPage) =>
  db
    .select({ ...listedColumns, totals: totalsByCurrency })
    .from(from)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit),
);

const counted = prepared((db) =>
  db.select({ total: planUsage.customers }).from(planUsage).where(eq(planUsage.companyId, ENTERED)),
);
