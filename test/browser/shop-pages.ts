import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { saveAddress } from '#src/addresses/save-address.ts';
import { getCart } from '#src/cart/queries.ts';
import { setCartLine } from '../set-cart-line.ts';
import { type Ctx, customerOf } from '#src/context.ts';
import { bulkUpdateProducts } from '#src/catalog/bulk-update-products.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as } from '../context.ts';
import { joined, registered, signedIn } from '../storefront.ts';
import type { Fields, WalkedPage } from './pages.ts';
import { GONE, INACTIVE, OIL, ownPrices, SCARCE, type Trade } from './trade.ts';

const ROWS = [
  'SKU\tQty',
  'OIL-EVO-5L\t2',
  'SLT-FLK\t12',
  'SAF-1\t1',
  'tomatos 14\t3',
  'ROS-1\t1',
  'TOM-15\tmany',
  'nothing like it\t1',
].join('\n');

/** A store as the people of three customers see it: one who buys, one who is new, and one who may only look. */
export async function shopPages(
  company: CompanyFixture,
  fresh: CompanyFixture,
  sales: Trade,
): Promise<WalkedPage[]> {
  const { session: buyer } = await registered(company);
  const { session: troubled } = await registered(company);
  const { session: newcomer } = await registered(company);
  const { session: stranger } = await registered(fresh);
  const { session: unproven } = await registered(company);
  const viewer = await joined(company, buyer, 'VIEWER');
  const product = (index: number) => sales.products[index] ?? newId('product');
  const me = signedIn(company, buyer);
  await getCart(me);
  await ownPrices(company, customerOf(me).customerId, sales);
  const [shipped, cancelled, submitted] = await bought(company, buyer, sales);
  await changeOrderStatus(as(company, 'OWNER'), shipped, 'SHIPPED', null);
  await changeOrderStatus(me, cancelled, 'CANCELLED', null);
  await fill(company, me, troubled, product);
  await bought(company, unproven, sales);
  await setCartLine(signedIn(company, unproven), product(5), { quantity: '2' });

  const path = `/store/${company.slug}`;
  const at =
    (session: Id<'session'>, store = path) =>
    (name: string, page: string, fields?: Fields): WalkedPage => ({
      name: `store-${name}`,
      path: store + page,
      customer: { store, session, companyId: company.id },
      ...(fields && { fields }),
    });
  const own = at(buyer);
  const seen = {
    order: newId('order'),
    line: `${product(OIL)}:12:3613`,
    seenTotal: '1',
    address: '',
  };
  return [
    own('catalog', '/catalog'),
    own('catalog-found', '/catalog?q=tomatoes&category=Canned+goods&sort=-price'),
    own('catalog-no-match', '/catalog?q=nothing-like-it'),
    own('catalog-refused', `/cart/${product(SCARCE)}`, { quantity: 'a few', back: '/catalog' }),
    own('cart', '/cart'),
    own('quick-order', '/quick-order'),
    own('quick-order-result', '/quick-order', { rows: ROWS }),
    own('orders', '/orders'),
    own('orders-no-match', '/orders?q=nobody'),
    own('order', `/orders/${shipped}`),
    own('order-cancelled', `/orders/${cancelled}`),
    own('order-submitted', `/orders/${submitted}`),
    own('reorder', `/orders/${shipped}/reorder`, {}),
    own('checkout', '/checkout'),
    own('checkout-refused', '/checkout', {
      ...seen,
      line1: 'Main Street 1',
      poNumber: 'x'.repeat(60),
    }),
    own('checkout-outdated', '/checkout', seen),
    at(troubled)('cart-problems', '/cart'),
    at(troubled)('cart-refused', `/cart/${product(SCARCE)}`, { quantity: '1.5' }),
    at(troubled)('checkout-problems', '/checkout'),
    at(unproven)('checkout-unproven', '/checkout', {
      ...seen,
      line: `${product(5)}:2:1800`,
      seenTotal: '5397',
    }),
    at(unproven)('checkout-link-sent', '/checkout/verify', seen),
    at(newcomer)('cart-empty', '/cart'),
    at(newcomer)('orders-empty', '/orders'),
    at(newcomer)('checkout-empty', '/checkout'),
    at(viewer)('catalog-viewer', '/catalog'),
    at(viewer)('order-viewer', `/orders/${shipped}`),
    at(stranger, `/store/${fresh.slug}`)('catalog-fresh', '/catalog'),
  ];
}

/** Orders of the person's, in the order they were placed. */
async function bought(
  company: CompanyFixture,
  session: Id<'session'>,
  { products }: Trade,
): Promise<[Id<'order'>, Id<'order'>, Id<'order'>]> {
  const ids = [newId('order'), newId('order'), newId('order')] as const;
  const wanted = [
    products.slice(OIL, OIL + 1).concat(products.slice(SCARCE, SCARCE + 1), products.slice(8, 11)),
    products.slice(9, 11),
    products.slice(12, 13),
  ];
  for (const [index, id] of ids.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    await placeOrder(signedIn(company, session), {
      id,
      lines: (wanted[index] ?? []).map((productId) => ({ productId, quantity: 1 })),
      poNumber: `PO-${index}`,
      notes: 'Back door, before seven.\nRing twice.',
      address: {
        label: 'Main kitchen',
        line1: 'Main Street 1',
        city: 'Springfield',
        country: 'United States',
      },
    });
  }
  return [...ids];
}

/** The buyer's cart, and one of somebody else's in which nothing can be ordered as it is. */
async function fill(
  company: CompanyFixture,
  me: Ctx,
  troubled: Id<'session'>,
  product: (index: number) => Id<'product'>,
): Promise<void> {
  const put = (ctx: Ctx, index: number, quantity: number) =>
    setCartLine(ctx, product(index), { quantity: String(quantity) });
  for (const [index, quantity] of [
    [OIL, 12],
    [5, 1],
    [14, 3],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one line after another
    await put(me, index, quantity);
  }
  const kitchen = { label: 'Main kitchen', line1: 'Main Street 1', city: 'Springfield' };
  await saveAddress(me, null, { ...kitchen, isDefault: 'on' });
  await saveAddress(me, null, {
    ...kitchen,
    label: 'Bar',
    line2: 'Second floor',
    country: 'Italy',
  });
  const owner = as(company, 'OWNER');
  await bulkUpdateProducts(owner, [product(INACTIVE)], { active: true });
  for (const index of [OIL, GONE, SCARCE, INACTIVE]) {
    // oxlint-disable-next-line no-await-in-loop -- one line after another
    await put(signedIn(company, troubled), index, 9);
  }
  await bulkUpdateProducts(owner, [product(INACTIVE)], { active: false });
}
