import type { Id } from '#db/ids.ts';
import { isNear } from '../catalog/find-products.ts';
import type { Ctx } from '../context.ts';
import { type Customer, customerById, found } from '../customers/queries.ts';
import { AppError } from '../lib/errors.ts';
import type { Page } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import {
  countOverrides,
  overrideOf,
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
  /** Products that could get a price; also the one that was refused, unless it is on the page. */
  candidates: PricedProduct[];
  /** They only look like the text: nothing has all words of it. */
  isNear: boolean;
}

/**
 * All that the page of a customer's own prices shows.
 * @param refused the product whose price could not be saved: it is shown whatever has become of it
 * @throws AppError not_found (customer, or the refused product)
 */
export async function getCustomerPrices(
  ctx: Ctx,
  id: Id<'customer'>,
  view: Partial<PriceView>,
  refused: Id<'product'> | null = null,
): Promise<CustomerPrices> {
  const { add, backwards } = view;
  const [rows, prices, [counted], products] = await tenant(ctx, 'customers:read').batch([
    customerById(ctx, id),
    overridesOf(ctx, id, view, PAGE_SIZE),
    countOverrides(ctx, id),
    productsToPrice(ctx, id, add ?? '', add === undefined ? 0 : CANDIDATES, refused),
  ]);
  const customer = found(rows[0]);
  if (refused && !products.some(({ productId }) => productId === refused)) {
    throw new AppError('not_found', 'Product not found.');
  }
  const page = pricePage(prices, PAGE_SIZE, backwards);
  const isOnPage = (product: PricedProduct) =>
    page.rows.some(({ productId }) => productId === product.productId);
  return {
    customer,
    page,
    total: counted?.count ?? 0,
    candidates: products
      .filter((product) => !isOnPage(product))
      .map(({ place: _place, ...product }) => product),
    isNear: isNear(products.find(({ productId }) => productId !== refused)?.place),
  };
}

/** One of the customer's own prices; null = there is none. */
export async function getOverride(
  ctx: Ctx,
  id: Id<'customer'>,
  product: Id<'product'>,
): Promise<PriceOverride | null> {
  const [[price]] = await tenant(ctx, 'customers:read').batch([overrideOf(ctx, id, product)]);
  return price ?? null;
}
