import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { bulkUpdateProducts } from '#src/catalog/bulk-update-products.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { readProducts, upsertProducts } from '#src/catalog/upsert-products.ts';
import type { EventType } from '#src/events/event-types.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { webhookFor } from '../webhooks.ts';
import { untilWaiting } from './waiting.ts';

/** Who edits a product and who orders it change two rows, and each tells of both. */
let holder: Client;
let watcher: Client;
let company: CompanyFixture;
let flour: Id<'product'>;
let oil: Id<'product'>;

beforeAll(async () => {
  [holder, watcher] = await Promise.all([
    connectOwner(inject('ownerUrl')),
    connectOwner(inject('ownerUrl')),
  ]);
});
afterAll(() => Promise.all([holder.end(), watcher.end()]));
beforeEach(async () => {
  company = await freshCompany();
  // The later a product was made, the earlier its SKU.
  [flour = 'prd_', oil = 'prd_'] = await productsFor(company, [
    { name: 'Flour', sku: 'B', stock: 11, lowStockThreshold: 10 },
    { name: 'Oil', sku: 'A', stock: 11 },
  ]);
});

const staff = () => as(company, 'OWNER');
const order = (...products: Id<'product'>[]) =>
  placeOrder(staff(), {
    id: newId('order'),
    lines: products.map((productId) => ({ productId, quantity: 2 })),
  });

/** Both, the first held at the row that `held` locks until the second waits, too, or is done. */
async function amid(
  held: string,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<PromiseSettledResult<unknown>[]> {
  await holder.query('begin');
  await holder.query(held);
  const earlier = first();
  await untilWaiting(watcher, 1, earlier);
  const later = second();
  await untilWaiting(watcher, 2, later);
  await holder.query('commit');
  return Promise.allSettled([earlier, later]);
}

const done = { status: 'fulfilled' };
const edit = () => updateProduct(staff(), flour, { price: 20 }, {});
const sell = () => order(flour);

it.each<[EventType, () => Promise<unknown>, () => Promise<unknown>]>([
  ['product.updated', edit, sell],
  ['product.low_stock', sell, edit],
])(
  'the newest event is of the product as it is: one is held at %s',
  async (event, first, second) => {
    const { id } = await webhookFor(company, 'https://erp.test/', { events: [event] });
    // To have a delivery the webhook has to stay.
    const held = `select from webhooks where company_id = '${company.id}' and id = '${id}' for update`;
    expect(await amid(held, first, second)).toMatchObject([done, done]);
    const { rows } = await holder.query(
      'select snapshot from events where company_id = $1 and entity_id = $2 order by version',
      [company.id, flour],
    );
    expect(rows).toHaveLength(2);
    expect(rows[1].snapshot).toMatchObject({ priceCents: 2000, stock: 9 });
  },
);

const stockOf = (product: Id<'product'>) =>
  `select from stock_levels where company_id = '${company.id}' and product_id = '${product}' for update`;

it('an order and a change of the same products wait for each other, and not for ever', async () => {
  const change = () => bulkUpdateProducts(staff(), [oil, flour], { category: 'Changed' });
  expect(await amid(stockOf(flour), () => order(oil, flour), change)).toMatchObject([done, done]);
});

it('so do an order and a batch that counts some of its products and edits all', async () => {
  const items = [
    { sku: 'A', price: 3, stock: 7 },
    { sku: 'B', price: 3 },
  ];
  const batch = () => upsertProducts(staff(), readProducts({ items, atomic: true }));
  expect(await amid(stockOf(flour), () => order(oil, flour), batch)).toMatchObject([done, done]);
});

it('so do an order and a new SKU, which keeps others from referring to the product', async () => {
  const rename = () => updateProduct(staff(), flour, { sku: 'C' }, {});
  expect(await amid(stockOf(oil), () => order(oil, flour), rename)).toMatchObject([done, done]);
});
