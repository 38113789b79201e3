import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { updateCompany } from '#src/companies/update-company.ts';
import type { Ctx } from '#src/context.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import type { OrderStatus } from '#src/orders/order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { setPrice } from '#src/prices/set-price.ts';
import { as } from '../context.ts';
import { productsFor } from '../products.ts';

/** What a company has that has been selling for a while. */
export type Trade = { products: Id<'product'>[]; orders: Id<'order'>[] };

const DAY_MS = 86_400_000;
const LONG = 'Cold-pressed in small batches, unfiltered, in a tin that pours without dripping. ';
const STATUSES: (OrderStatus | null)[] = [null, 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'];

/** What the first products are like, by their place among `Trade.products`. */
export const OIL = 0;
export const GONE = 1;
export const SCARCE = 2;
export const INACTIVE = 3;

const PRODUCTS = [
  {
    name: 'Extra virgin olive oil from the northern slopes of Peza, first harvest',
    sku: 'OIL-EVO-5L',
    category: 'Oils & vinegars',
    description: LONG.repeat(4),
    priceCents: 42_50,
    unit: 'case',
    stock: 180,
  },
  { name: 'Saffron threads', sku: 'SAF-1', category: 'Spices', priceCents: 1_249_99, stock: 0 },
  { name: 'Sea salt flakes', sku: 'SLT-FLK', category: 'Spices', priceCents: 6_20, stock: 3 },
  { name: 'Rose water', sku: 'ROS-1', priceCents: 4_10, stock: 8, active: false },
  { name: 'Paper napkins', unit: 'W'.repeat(30), priceCents: 0, stock: 40_000 },
  { name: '小麦粉 T55', sku: 'FLR-T55-25', category: 'Flour', priceCents: 18_00, unit: 'bag' },
  ...Array.from({ length: 27 }, (_, index) => ({
    name: `Peeled tomatoes ${index + 14} oz`,
    sku: `TOM-${index + 14}`,
    category: 'Canned goods',
    priceCents: 1_99 + index * 37,
  })),
];

/** Products in every state there is, what orders of them cost, and orders of these customers' in every status. */
export async function trade(company: CompanyFixture, customers: Id<'customer'>[]): Promise<Trade> {
  const owner = as(company, 'OWNER');
  await updateCompany(
    owner,
    {
      name: company.name,
      slug: company.slug,
      currency: 'USD',
      timeZone: 'America/New_York',
      registrationOpen: true,
      taxRatePpm: 82_500,
      shippingCents: 15_00,
      freeShippingFromCents: 500_00,
      invoiceDetails: 'Main Street 1\nSpringfield',
    },
    1,
  );
  const products = await productsFor(company, PRODUCTS);
  const orders: Id<'order'>[] = [];
  for (let index = 0; index < 24; index += 1) {
    const at = new Date(Date.now() - (24 - index) * DAY_MS);
    const customer = customers[index % (customers.length + 1)] ?? null;
    // oxlint-disable-next-line no-await-in-loop -- they are meant to differ in when they came
    orders.push(await sold(as(company, 'OWNER', { now: at }), products, customer, index));
  }
  return { products, orders };
}

async function sold(
  owner: Ctx,
  products: Id<'product'>[],
  customerId: Id<'customer'> | null,
  index: number,
): Promise<Id<'order'>> {
  const id = newId('order');
  const some = products.slice(5, 7 + (index % 6));
  const lines = some.map((productId) => ({ productId, quantity: 1 + (index % 4) }));
  await placeOrder(owner, {
    id,
    customerId,
    lines: index % 5 === 4 ? [...lines, { productId: products[OIL], quantity: 2 }] : lines,
    ...(index % 3 === 0 && { poNumber: `PO-${4000 + index}`, notes: 'Back door, before seven.' }),
  });
  const status = STATUSES[index % STATUSES.length];
  if (status) await changeOrderStatus(owner, id, status, null);
  return id;
}

/** Prices of this customer's own: one lower, one higher, one of a product that is not for sale. */
export async function ownPrices(
  company: CompanyFixture,
  customer: Id<'customer'>,
  { products }: Trade,
): Promise<void> {
  for (const [index, cents] of [36_13, 1_400_00, 8_00, 3_00].entries()) {
    const product = products[index];
    if (!product) throw new Error('There are too few products.');
    // oxlint-disable-next-line no-await-in-loop -- one price after another
    await setPrice(as(company, 'OWNER'), customer, product, { price: cents, seen: null });
  }
}
