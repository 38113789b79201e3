import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { openedOn, shownFields } from '#src/catalog/product-form.ts';
import { getProduct } from '#src/catalog/queries.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { productImport } from '#src/imports/product-import.ts';
import type { UploadStore } from '#src/imports/upload-store.ts';
import { as, freshCompany } from '../context.ts';
import { runImport, stage } from '../imports.ts';
import { server } from '../server.ts';
import type { Fields, WalkedPage } from './pages.ts';
import { GONE, INACTIVE, OIL, SCARCE, type Trade } from './trade.ts';

const ROWS = [
  'TOM-14,Peeled tomatoes 14 oz,,Canned goods,each,2.09,120,true',
  'NEW-1,Capers in salt,"Small, from Pantelleria",Canned goods,box,14.50,30,yes',
  'NEW-2,Anchovies,,Canned goods,box,19,12,maybe',
];
const BAD_ROW = '1.2E+11,Shortened by a spreadsheet,,,each,a lot,-4,true';

/** What the staff of a company sees of its products, prices and orders. */
export async function tradePages(
  company: CompanyFixture,
  fresh: CompanyFixture,
  { products, orders }: Trade,
  customer: Id<'customer'>,
): Promise<WalkedPage[]> {
  const owner = as(company, 'OWNER');
  const at = (name: string, path: string, fields?: Fields, of = company): WalkedPage => ({
    name,
    path: `/dashboard${path}`,
    company: of,
    ...(fields && { fields }),
  });
  const product = (index: number) => products[index] ?? newId('product');
  const { UPLOADS } = await server.getWorker<{ UPLOADS: UploadStore }>().getEnv();
  const csv = (...rows: string[]) =>
    `sku,name,description,category,unit,price,stock,isActive\n${rows.join('\n')}\n`;
  const staged = await stage(owner, UPLOADS, csv(...ROWS, BAD_ROW), productImport);
  const done = await runImport(company, productImport, csv(...ROWS));
  const before = await getProduct(owner, product(SCARCE));
  await updateProduct(owner, before.id, { price: 7, stock: 2 }, {});
  const { version, shown } = openedOn(before);
  const contested = { ...shownFields(before), price: '6.50', version: String(version), shown };
  const prices = `/customers/${customer}/prices`;
  // One form, however often it is shown.
  const form = { orderId: newId('order'), page: 'walk' };
  const draft = {
    ...form,
    customerId: customer,
    productId: [product(OIL), product(GONE), product(INACTIVE)],
    quantity: ['12', '1', 'a dozen'],
    seenCents: ['3613', '', ''],
    findProduct: 'tomatoes',
    poNumber: 'PO-1',
  };
  const long = 'x'.repeat(600);
  return [
    at('inventory', '/inventory'),
    at('inventory-low', '/inventory?stock=low&sort=stock'),
    at('inventory-no-match', '/inventory?q=nothing-like-it'),
    at('inventory-fresh', '/inventory', undefined, fresh),
    at('inventory-in-place', `/inventory?edit=${product(OIL)}&field=price`),
    at('inventory-bulk-refused', '/inventory/bulk', {
      ids: [product(GONE), product(SCARCE)],
      action: 'take',
      value: '50',
    }),
    at('product-new', '/inventory/new'),
    at('product-refused', '/inventory/new', { name: '', unit: 'each', price: '1,5', stock: '-1' }),
    at('product', `/inventory/${product(OIL)}/edit`),
    at('product-conflict', `/inventory/${product(SCARCE)}/edit`, contested),
    at('products-import', '/inventory/import'),
    at('products-import-preview', `/inventory/import/${staged}`),
    at('products-import-done', `/inventory/import/${done}`),
    at('orders', '/orders'),
    at('orders-found', '/orders?status=CONFIRMED&sort=-total'),
    at('orders-no-match', '/orders?q=nobody'),
    at('orders-fresh', '/orders', undefined, fresh),
    ...orders.slice(-5).map((id, index) => at(`order-${index}`, `/orders/${id}`)),
    at('new-order', '/orders/new'),
    at('new-order-fresh', '/orders/new', undefined, fresh),
    at('new-order-found', '/orders/new', {
      ...form,
      findCustomer: 'bella',
      findProduct: 'none-such',
    }),
    at('new-order-lines', '/orders/new', draft),
    at('new-order-refused', '/orders/new', { ...draft, placeOrder: 'on' }),
    at('new-order-short', '/orders/new', {
      ...draft,
      productId: [product(OIL), product(GONE)],
      quantity: ['12', '1'],
      placeOrder: 'on',
    }),
    at('new-order-kept', `/orders/new?customer=${customer}`),
    at('new-order-undecided', '/orders/new', { ...draft, page: 'another' }),
    at('notifications', '/notifications?since=2026-01-01T00:00:00.000Z'),
    at('notifications-unread', '/notifications', undefined, fresh),
    at('notifications-none', '/notifications', undefined, await freshCompany()),
    at('prices', prices),
    at('prices-add', `${prices}?add=tomatoes`),
    at('price-refused', `${prices}/${product(OIL)}`, { price: '1,5', seen: '3613' }),
    at('prices-refused', `${prices}/list`, { list: 'NO-SUCH\t4\nOIL-EVO-5L\tmuch' }),
    at('prices-fresh', `/customers/${customer}/prices?q=nothing-like-it`),
    at('settings-storefront', '/settings/storefront'),
    at('settings-storefront-refused', '/settings/storefront', {
      slug: 'a slug',
      contactEmail: 'nobody',
      openingHours: long,
      version: '2',
    }),
    at('settings-company-refused', '/settings/company', {
      name: '',
      timeZone: 'UTC',
      currency: 'USD',
      taxRate: '31',
      shipping: 'free',
      freeShippingFrom: '-1',
      lowStockThreshold: '1.5',
      paperSize: 'A4',
      invoiceDetails: long,
      version: '2',
    }),
  ];
}
