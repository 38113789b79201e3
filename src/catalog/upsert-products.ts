import { sql } from 'drizzle-orm';
import { newId } from '#db/ids.ts';
import { planLimitReached } from '../billing/plans.ts';
import type { Ctx } from '../context.ts';
import {
  type Batch,
  type BatchInput,
  batchResults,
  invalidItem,
  type ItemFailure,
  type ItemResult,
  readBatch,
  type Upserted,
} from '../lib/batch.ts';
import { fromSnapshot } from '../lib/snapshot.ts';
import { tenant } from '../tenant.ts';
import { changedParts } from './keys.ts';
import type { Product } from './queries.ts';
import { ProductInput, ProductUpsert } from './schema.ts';
import { storedFields } from './stored-fields.ts';

/** Why the database refuses a product: it is new and lacks what a new one needs, or the plan has no place left. */
type Reason = 'incomplete' | 'full';
export type ProductBatch = Batch<ProductUpsert>;
export type UpsertedProduct = Upserted<Reason>;

/** @throws AppError validation: of an atomic batch everything that is wrong */
export function readProducts(input: BatchInput): ProductBatch {
  return readBatch(ProductUpsert, input, { field: 'sku', label: 'SKU' });
}

/** Creates or changes up to a hundred products, by SKU, in one round trip; an atomic batch all of them or none. */
export async function upsertProducts(
  ctx: Ctx,
  { items, atomic }: ProductBatch,
): Promise<UpsertedProduct[]> {
  const rows = items.map(({ index, item }) => ({
    index,
    id: newId('product'),
    complete: missing(item) === null,
    ...storedFields(item),
    stock: item.stock,
    nameKey: item.name?.toLowerCase(),
    parts: changedParts(item),
  }));
  const [[done]] = await tenant(ctx, 'products:write').batch([
    ctx.db
      .select({
        results: sql<
          UpsertedProduct[]
        >`upsert_products(${JSON.stringify(rows)}::jsonb, ${atomic}, ${ctx.now.toISOString()})`.as(
          'results',
        ),
      })
      .from(sql`(values (1)) as once`),
  ]);
  return done?.results ?? [];
}

/** @throws AppError validation, plan_limit: what an atomic batch failed for */
export function productResults(
  batch: ProductBatch,
  upserted: UpsertedProduct[],
): ItemResult<Product>[] {
  return batchResults(batch, upserted, fromSnapshot<Product>, (reason, item) =>
    reason === 'full' ? FULL : (missing(item) ?? FULL),
  );
}

const FULL: ItemFailure = {
  code: 'plan_limit',
  fields: [{ path: '', message: planLimitReached('product') }],
};

/** What a new product would lack. */
function missing(item: ProductUpsert): ItemFailure | null {
  const { error } = ProductInput.safeParse(item);
  return error ? invalidItem(error) : null;
}
