import type { Id } from '#db/ids.ts';
import { type Address, addressesOf } from '../addresses/queries.ts';
import { recentChanges } from '../audit/queries.ts';
import type { AuditEntry } from '../audit/schema.ts';
import { type Contact, contactsOf, shownContacts } from '../contacts/queries.ts';
import { type Ctx, staffOf } from '../context.ts';
import type { Page } from '../lib/page.ts';
import {
  type ListedOrder,
  listedOrders,
  type OrderView,
  orderView,
  pageOfOrders,
} from '../orders/order-list.ts';
import { roleMay } from '../permissions.ts';
import { countOverrides, overridesOf, type PriceOverride } from '../prices/queries.ts';
import { tenant } from '../tenant.ts';
import { orderSummary, type OrderSummary, totalsOf } from './order-summary.ts';
import { type Customer, customerById, found } from './queries.ts';
import { type Trust, trustOf } from './trust.ts';

/** How many of a customer's changes its page shows, and of their orders at a time. */
const CHANGES_SHOWN = 8;
const ORDERS_SHOWN = 10;
/** How many of their own prices; the others have a page of their own. */
const PRICES_SHOWN = 5;

export interface CustomerProfile {
  customer: Customer;
  trust: Trust;
  ordered: OrderSummary;
  /** Newest first, and which page of them it is. */
  orders: Page<ListedOrder>;
  view: OrderView;
  /** The newest changes; null for those who may not see the log. */
  changes: AuditEntry[] | null;
  /** The first of their own prices, and how many there are. */
  prices: PriceOverride[];
  priceCount: number;
  contacts: Contact[];
  addresses: Address[];
}

/**
 * All that a customer's page shows.
 * @param query `after` or `before` a cursor of their orders
 * @throws AppError not_found
 */
export async function getCustomerProfile(
  ctx: Ctx,
  id: Id<'customer'>,
  { after, before }: Readonly<Record<string, string | undefined>> = {},
): Promise<CustomerProfile> {
  const view = { ...orderView({ after, before }), customer: id };
  const [rows, [ordered], orders, prices, [priced], changes, contacts, addresses, [trust]] =
    await tenant(ctx, 'customers:read').batch([
      customerById(ctx, id),
      totalsOf(ctx, id),
      listedOrders(ctx, view, ORDERS_SHOWN),
      overridesOf(ctx, id, {}, PRICES_SHOWN),
      countOverrides(ctx, id),
      recentChanges(ctx, { entity: id }, CHANGES_SHOWN),
      contactsOf(ctx, id),
      addressesOf(ctx, id),
      trustOf(ctx, id),
    ]);
  const { role, companySlug, currency } = staffOf(ctx);
  return {
    customer: found(rows[0]),
    trust: trust ?? { trusted: false, limited: false },
    ordered: orderSummary(ordered?.totals, currency),
    orders: pageOfOrders(orders, view, ORDERS_SHOWN),
    view,
    prices: prices.slice(0, PRICES_SHOWN),
    priceCount: priced?.count ?? 0,
    // The role is known only now, and a second round trip for the log would cost more than asking in vain.
    changes: roleMay(role, 'audit:read') ? changes : null,
    contacts: await shownContacts(ctx, contacts, companySlug),
    addresses,
  };
}
