import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { type Customer, customerById, found } from '../customers/queries.ts';
import type { Page } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import {
  countOverrides,
  overridesOf,
  type PricedProduct,
  type PriceOverride,
  pricePage,
  type PriceView,
  productsToPrice,
} from './queries.ts';

const PAGE_SIZE = 50;
const CANDIDATES = 8;

export interface CustomerPrices {
  customer: Customer;
  page: Page<PriceOverride>;
  /** Of the customer, whatever is searched for. */
  total: number;
  /** Products that could get a price; null = nobody asked. */
  candidates: PricedProduct[] | null;
}

/**
 * All that the page of a customer's own prices shows.
 * @throws AppError not_found
 */
export async function getCustomerPrices(
  ctx: Ctx,
  id: Id<'customer'>,
  view: PriceView,
): Promise<CustomerPrices> {
  const [rows, prices, [counted], candidates] = await tenant(ctx, 'customers:read').batch([
    customerById(ctx, id),
    overridesOf(ctx, id, view, PAGE_SIZE),
    countOverrides(ctx, id),
    productsToPrice(ctx, id, view.add ?? '', view.add === undefined ? 0 : CANDIDATES),
  ]);
  return {
    customer: found(rows[0]),
    page: pricePage(prices, PAGE_SIZE),
    total: counted?.count ?? 0,
    candidates: view.add === undefined ? null : candidates,
  };
}
