import type { CompanyFixture } from '#db/factories.ts';
import { enterCompany } from '#db/factories.ts';
import { newId, type Id } from '#db/ids.ts';
import { products, stockLevels } from '#db/schema/index.ts';
import { productKeys } from '#src/catalog/keys.ts';
import { context } from './context.ts';

interface SomeProduct {
  name: string;
  sku?: string;
  category?: string;
  description?: string;
  unit?: string;
  priceCents?: number;
  stock?: number;
  active?: boolean;
  lowStockThreshold?: number;
}

/** Products of a company with their stock, as rows. */
export async function productsFor(
  company: CompanyFixture,
  some: SomeProduct[],
): Promise<Id<'product'>[]> {
  const { db } = context({ kind: 'nobody' });
  const rows = some.map((product) => ({ id: newId('product'), ...product }));
  await db.batch([
    enterCompany(db, company.id),
    db.insert(products).values(
      // What the rows say of stock is no column here, and is left out by Drizzle.
      rows.map((product) => ({
        priceCents: 1000,
        ...product,
        companyId: company.id,
        ...productKeys({ sku: null, category: null, description: null, ...product }),
      })),
    ),
    db.insert(stockLevels).values(
      rows.map(({ id, stock = 100 }) => ({
        companyId: company.id,
        productId: id,
        onHand: stock,
      })),
    ),
  ]);
  return rows.map(({ id }) => id);
}
