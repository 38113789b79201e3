import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { orders, planUsage } from '#db/schema/index.ts';
import { system, tenant } from '#src/tenant.ts';
import { as, context, freshCompany } from './context.ts';
import { productsFor } from './products.ts';
import { someEmail } from './storefront.ts';
import { confirmedIn, registeredBrowser } from './storefront-browser.ts';

type Fields = Record<string, string | string[]>;
export type Shopper = Awaited<ReturnType<typeof newShopper>>;

/** Somebody who has just registered at a new store that sells flour at 12.50 and sugar at 0.99, ten of each. */
export async function newShopper() {
  const company = await freshCompany();
  const store = `/store/${company.slug}`;
  const email = someEmail();
  const me = await registeredBrowser(company.slug, email);
  const products = await productsFor(company, [
    { name: 'Flour', priceCents: 1250, stock: 10 },
    { name: 'Sugar', priceCents: 99, stock: 10 },
  ]);
  const product = (index: number) => products[index] ?? 'prd_';
  return {
    company,
    store,
    email,
    me,
    product,

    async put(quantity: number, index = 0, browser = me): Promise<void> {
      const form = { quantity: `${quantity}` };
      expect((await browser(`${store}/cart/${product(index)}`, form)).status).toBe(303);
    },

    /** The checkout's form, as the page has filled it in. */
    async open(browser = me): Promise<Fields> {
      const page = await browser(`${store}/checkout`);
      expect(page).toMatchObject({ status: 200, roundTrips: 1 });
      return formIn(page.text);
    },

    submit: (form: Fields, browser = me) => browser(`${store}/checkout`, form),

    async placedOrders() {
      const ctx = as(company, 'OWNER');
      const [rows] = await tenant(ctx, 'orders:read').batch([ctx.db.select().from(orders)]);
      return rows;
    },

    /** Opens the link that confirms the email: from then on any number of orders may be open. */
    confirm: () => confirmedIn(me, email),

    /** How many orders a month the store's plan allows; null = any number. */
    async limitTo(maxOrders: number | null): Promise<void> {
      const ctx = context({ kind: 'nobody' });
      await system(ctx).batch([
        ctx.db.update(planUsage).set({ maxOrders }).where(eq(planUsage.companyId, company.id)),
      ]);
    },
  };
}

/** What a checkout's page would send. */
export function formIn(page: string): Fields {
  const hidden = (name: string) => {
    const values = page.matchAll(new RegExp(`type="hidden" name="${name}" value="([^"]*)"`, 'g'));
    return Array.from(values, ([, value = '']) => value);
  };
  const [order = ''] = hidden('order');
  const [seenTotal = ''] = hidden('seenTotal');
  const [, address = ''] = /name="address" value="([^"]*)" checked/.exec(page) ?? [];
  return { order, seenTotal, line: hidden('line'), address };
}
