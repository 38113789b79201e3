import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { isId, type Id } from '#db/ids.ts';
import { customers, orderNumbers, orders } from '#db/schema/index.ts';
import { startOfDay } from '../companies/company-time.ts';
import { type Ctx, companyId } from '../context.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
import { type ListView, listView, type Query, searched } from '../lib/list-view.ts';
import { ID_OF_PAGE, lookedUp, pageOfIds } from '../lib/looked-up.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { ANY_CURRENCY } from '../lib/read-number.ts';
import { problemsIn, readDays, type TypedFilters, typedIn } from '../lib/typed-filters.ts';
import { readMoney } from '../lib/typed-number.ts';
import type { Owner } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { isOrderStatus, type OrderStatus } from './order-status.ts';

const ORDER_SORTS = ['created', 'total', 'status'] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

/** Which orders are asked for; what is not set does not filter. */
interface OrderFilter {
  /** Case-insensitive substring of number, PO number, customer's name or email. */
  search?: string | undefined;
  status?: OrderStatus | undefined;
  customer?: Id<'customer'> | undefined;
  /** First and last day, `YYYY-MM-DD` in the company's time zone. */
  from?: string | undefined;
  to?: string | undefined;
  /** The least and the highest total, in cents. */
  least?: number | undefined;
  most?: number | undefined;
}

/** What a list of orders shows, and in which order. */
export interface OrderView extends OrderFilter, TypedFilters, ListView<OrderSort> {}

/**
 * What an address asks of the list: `q`, `status`, `customer`, `from` and `to`, `min` and `max` a total, an order and a
 * place; unsorted, the newest come first. A day or a total that cannot be read is a problem; of an old bookmark, what makes
 * no sense is left out.
 * @param currency of the totals; any, while it is not known which one the company has
 */
export function orderView(
  query: Query,
  currency: string | typeof ANY_CURRENCY = ANY_CURRENCY,
): OrderView {
  const { status, customer } = query;
  const days = readDays(query);
  const totals = readTotals(query, currency);
  return {
    search: searched(query['q']),
    status: status !== undefined && isOrderStatus(status) ? status : undefined,
    customer: customer !== undefined && isId('customer', customer) ? customer : undefined,
    from: days.from,
    to: days.to,
    least: totals.least,
    most: totals.most,
    typed: typedIn(query, ['from', 'to', 'min', 'max']),
    problems: problemsIn({ ...days.problems, ...totals.problems }),
    ...listView(query, ORDER_SORTS, { sort: 'created', descending: true }, orderPosition),
  };
}

/** No order comes to more, in cents. */
const TOTAL_MAX_CENTS = 1_000_000_000_000_00;

/** The totals in `min` and `max`; of two in the wrong order neither is applied. */
function readTotals(query: Query, currency: string | typeof ANY_CURRENCY) {
  const read = (name: string, label: string): { cents?: number; problem?: string } => {
    const text = query[name] ?? '';
    if (text.trim() === '') return {};
    const total = readMoney(text, { label, maxCents: TOTAL_MAX_CENTS }, currency);
    const isNamed = !('problem' in total) || total.problem.startsWith(label);
    return isNamed ? total : { problem: `${label}: ${total.problem}` };
  };
  const { cents: least, problem: min } = read('min', 'Min total');
  const { cents: most, problem: max } = read('max', 'Max total');
  if (least !== undefined && most !== undefined && least > most) {
    return { problems: { min: 'Min total is higher than Max total.' } };
  }
  return { least, most, problems: { min, max } };
}

/** No more than a list shows: each column of each row takes time to read. */
const listedColumns = {
  id: orders.id,
  number: orders.number,
  status: orders.status,
  createdAt: orders.createdAt,
  customerId: orders.customerId,
  customerName: orders.customerName,
  customerEmail: orders.customerEmail,
  placedById: orders.placedById,
  placedByName: orders.placedByName,
  lineCount: orders.lineCount,
  totalCents: orders.totalCents,
  currency: orders.currency,
};

export type ListedOrder = Pick<typeof orders.$inferSelect, keyof typeof listedColumns>;

export interface OrderList {
  page: Page<ListedOrder>;
  /** The company has orders, whatever the filter. */
  any: boolean;
}

export interface CompanyOrderList extends OrderList {
  /** What the customer is called whose orders these are; null = anybody's, or of who is not there. */
  customerName: string | null;
}

/** One page of the dashboard's list, `limit` orders at most. */
export async function getOrderList(
  ctx: Ctx,
  view: OrderView,
  limit: number,
): Promise<CompanyOrderList> {
  const door = tenant(ctx, 'orders:read');
  const company = companyId(ctx);
  const whole = ctx.db
    .select({
      // Whoever has an order has given it a number: one row to look up, however many orders there are.
      any: sql<boolean>`exists (select from ${orderNumbers} where ${orderNumbers.companyId} = ${company})`,
      customerName: view.customer ? nameOf(ctx, view.customer) : sql<null>`null`,
    })
    .from(sql`(values (1)) as once`);
  const [[known], found] = await door.batch([whole, listedOrders(ctx, view, limit)]);
  const { any = false, customerName = null } = known ?? {};
  return { page: pageOfOrders(found, view, limit), any, customerName };
}

function nameOf(ctx: Ctx, customer: Id<'customer'>) {
  return sql<
    string | null
  >`(select coalesce(${customers.name}, ${customers.email}) from ${customers}
    where ${customers.companyId} = ${companyId(ctx)} and ${customers.id} = ${customer})`;
}

/**
 * The rows `pageOfOrders` makes a page of, for a batch (db/sql/search-orders.sql).
 * @param customer whose, where the view does not say
 */
export function listedOrders(
  ctx: Ctx,
  view: OrderView,
  limit: number,
  customer: Owner | undefined = view.customer,
) {
  const { status, from, to, least, most, sort, cursor } = view;
  const descending = view.descending !== view.backwards;
  const order = descending ? desc : asc;
  const start = cursor === undefined ? null : orderPosition(cursor, sort);
  const search = view.search?.trim().toLowerCase() || null;
  const page = sql`order_page(${search}, ${status ?? null}, ${customer ?? null},
    ${from === undefined ? null : startOfDay(ctx, from)}, ${to === undefined ? null : startOfDay(ctx, to, 1)},
    ${least ?? null}, ${most ?? null}, ${sort}, ${descending}, ${start?.key ?? null}, ${start?.id ?? null}, ${limit + 1})`;
  return ctx.db
    .select(listedColumns)
    .from(pageOfIds(page))
    .innerJoinLateral(orderOfPage(ctx), sql`true`)
    .orderBy(...SORT_COLUMNS[sort].map((column) => order(column)), order(orders.id));
}

/** The order of each row of `pageOfIds`. */
export function orderOfPage(ctx: Ctx) {
  return lookedUp(orders, and(eq(orders.companyId, companyId(ctx)), eq(orders.id, ID_OF_PAGE)));
}

const SORT_COLUMNS = {
  created: [orders.createdAt],
  total: [orders.totalCents],
  status: [orders.status, orders.createdAt],
} as const satisfies Record<OrderSort, readonly unknown[]>;

export function pageOfOrders(
  rows: ListedOrder[],
  view: Pick<OrderView, 'sort' | 'backwards'>,
  limit: number,
): Page<ListedOrder> {
  const { sort, backwards } = view;
  return pageFrom(rows, { limit, backwards }, (row) =>
    encodeCursor({ sort, key: sortKey(row, sort), id: row.id }),
  );
}

function sortKey({ createdAt, totalCents, status }: ListedOrder, sort: OrderSort): string {
  switch (sort) {
    case 'created':
      return createdAt.toISOString();
    case 'total':
      return String(totalCents);
    case 'status':
      return `${status} ${createdAt.toISOString()}`;
  }
}

const CENTS = /^\d{1,15}$/;

/** Where a cursor of this sort points to, or null when it is none of ours. */
export function orderPosition(cursor: string, sort: OrderSort): Position | null {
  const position = decodeCursor(cursor);
  if (position?.sort !== sort || !isId('order', position.id)) return null;
  const { key } = position;
  const [status = '', moment = ''] = key.split(' ');
  const valid = {
    created: isIsoMoment(key),
    total: CENTS.test(key),
    status: isOrderStatus(status) && isIsoMoment(moment) && key === `${status} ${moment}`,
  }[sort];
  return valid ? position : null;
}
