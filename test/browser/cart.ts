import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Id } from '#db/ids.ts';
import { getCart } from '#src/cart/queries.ts';
import { setCartLine } from '../set-cart-line.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { registered, signedIn } from '../storefront.ts';
import { newPage } from './browser.ts';

export type Kitchen = Awaited<ReturnType<typeof kitchen>>;

/** A customer of a store that sells olive oil at $1, as much as anybody wants, and 20 of sea salt at $2. */
export async function kitchen() {
  const company = await freshCompany({ name: 'Nordic Foods' });
  const store = `/store/${company.slug}`;
  const { session } = await registered(company);
  const [oil = 'prd_', salt = 'prd_'] = await productsFor(company, [
    { name: 'Olive oil', priceCents: 1_00, stock: 90_000 },
    { name: 'Sea salt', priceCents: 2_00, stock: 20 },
  ]);
  const me = () => signedIn(company, session);
  return {
    company,
    store,
    session,
    oil,
    salt,
    me,

    at: (options: BrowserContextOptions = {}) =>
      newPage(options, { store, session, companyId: company.id }),

    put: (product: Id<'product'>, quantity: number) =>
      setCartLine(me(), product, { quantity: String(quantity) }),

    /** How many of a product the server has in the cart. */
    async stored(product: Id<'product'>): Promise<number> {
      const { lines } = await getCart(me());
      return lines.find(({ productId }) => productId === product)?.quantity ?? 0;
    },
  };
}

export const oilField = (page: Page) => page.getByLabel('Quantity of Olive oil');
export const checkOut = (page: Page) => page.getByRole('button', { name: 'Check out' });

/** How many of a product the checkout shows. */
export async function shown(page: Page, name: string): Promise<number> {
  await page.waitForURL(/\/checkout$/);
  const cell = page.getByRole('row', { name }).getByRole('cell').nth(1);
  return Number(/[\d,]+/.exec((await cell.textContent()) ?? '')?.[0].replaceAll(',', ''));
}
