import type { Id } from '#db/ids.ts';
import { recentChanges } from '../audit/queries.ts';
import type { AuditEntry } from '../audit/schema.ts';
import { type Ctx, staffOf } from '../context.ts';
import { roleMay } from '../permissions.ts';
import { tenant } from '../tenant.ts';
import { categories } from './product-list.ts';
import { type Product, foundProduct, productById } from './queries.ts';

/** How many of a product's changes its page shows. */
const CHANGES_SHOWN = 8;

export interface ProductProfile {
  product: Product;
  /** The newest changes; null for those who may not see the log. */
  changes: AuditEntry[] | null;
  /** Every category there is, to choose from. */
  categories: string[];
}

/**
 * All that a product's page shows.
 * @throws AppError not_found
 */
export async function getProductProfile(ctx: Ctx, id: Id<'product'>): Promise<ProductProfile> {
  const [rows, changes, known] = await tenant(ctx, 'products:read').batch([
    productById(ctx, id),
    recentChanges(ctx, { entity: id }, CHANGES_SHOWN),
    categories(ctx),
  ]);
  return {
    product: foundProduct(rows[0]),
    // The role is known only now, and a second round trip for the log would cost more than asking in vain.
    changes: roleMay(staffOf(ctx).role, 'audit:read') ? changes : null,
    categories: known.map(({ category }) => category),
  };
}

/** The categories there are, for the form of a new product. */
export async function getCategories(ctx: Ctx): Promise<string[]> {
  const [known] = await tenant(ctx, 'products:write').batch([categories(ctx)]);
  return known.map(({ category }) => category);
}
