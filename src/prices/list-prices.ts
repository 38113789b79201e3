import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { customerById, found } from '../customers/queries.ts';
import { AppError } from '../lib/errors.ts';
import type { Page } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import { overridesOf, pricePage, pricePosition, type PriceOverride } from './queries.ts';

/**
 * One page of a customer's own prices, by product name; prices set meanwhile are never repeated.
 * @throws AppError not_found, validation `Invalid cursor.`
 */
export async function listPrices(
  ctx: Ctx,
  customer: Id<'customer'>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<PriceOverride>> {
  if (cursor !== undefined && !pricePosition(cursor)) {
    throw new AppError('validation', 'Invalid cursor.');
  }
  const [rows, prices] = await tenant(ctx, 'customers:read').batch([
    customerById(ctx, customer),
    overridesOf(ctx, customer, { cursor }, limit),
  ]);
  found(rows[0]);
  return pricePage(prices, limit);
}
