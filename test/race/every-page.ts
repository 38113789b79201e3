import { listAuditEntries } from '#src/audit/queries.ts';
import { exportProducts } from '#src/catalog/export-products.ts';
import { getProductList, productView } from '#src/catalog/product-list.ts';
import { getProductProfile } from '#src/catalog/product-profile.ts';
import { listProducts } from '#src/catalog/queries.ts';
import { searchProducts } from '#src/catalog/search-products.ts';
import { getStoreCatalog } from '#src/catalog/store-catalog.ts';
import { storeView } from '#src/catalog/store-view.ts';
import { suggestProducts } from '#src/catalog/suggest-products.ts';
import { getDashboardHome } from '#src/companies/dashboard-home.ts';
import { customerView, getCustomerList } from '#src/customers/customer-list.ts';
import { getCustomerProfile } from '#src/customers/customer-profile.ts';
import { exportCustomers } from '#src/customers/export-customers.ts';
import { listCustomers } from '#src/customers/queries.ts';
import { productImport } from '#src/imports/product-import.ts';
import { getImport, listImports } from '#src/imports/queries.ts';
import { listNotifications } from '#src/notifications/queries.ts';
import { listOrders } from '#src/orders/list-orders.ts';
import { openNewOrder, saveNewOrder } from '#src/orders/new-order.ts';
import { OrderDraftForm } from '#src/orders/order-draft.ts';
import { getOrderList, orderView } from '#src/orders/order-list.ts';
import { getOwnOrders } from '#src/orders/own-orders.ts';
import { getCustomerPrices } from '#src/prices/price-page.ts';
import { readRows } from '#src/quick-order/read-rows.ts';
import { resolveRows } from '#src/quick-order/resolve-rows.ts';
import { getCustomerReport } from '#src/reports/customer-report.ts';
import { getInventoryReport } from '#src/reports/inventory-report.ts';
import { getSalesReport } from '#src/reports/sales-report.ts';
import type { ImportedShop } from './imported-shop.ts';

type Query = Record<string, string>;

/** What every page, list and export of an imported shop asks, by name. */
export function everyPage(shop: ImportedShop): Record<string, () => Promise<unknown>> {
  const owner = () => shop.by('owner');
  const me = () => shop.by('buyer');
  const api = () => shop.by('api');
  const inventory = (query: Query) => () => getProductList(owner(), productView(query), 25);
  const catalog = (query: Query) => () => getStoreCatalog(me(), storeView(query));
  const orders = (query: Query) => () => getOrderList(owner(), orderView(query), 25);
  const people = (query: Query) => () => getCustomerList(owner(), customerView(query), 25);
  const page = { limit: 50 };
  const newest = { ...page, sort: 'created', descending: true } as const;
  const category = 'Category 7';
  const month = {
    from: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10),
    to: null,
  };
  const typed = Array.from({ length: 20 }, (_, n) => `SKU-${n * 40}\t${n + 1}`);
  const pasted = readRows([...typed, 'product 77 kind\t2', 'zzqqxx\t1'].join('\n')).rows;
  return {
    home: () => getDashboardHome(owner()),
    ...over('inventory', inventory, [
      {},
      { sort: '-name' },
      { sort: 'price' },
      { sort: '-price' },
      { sort: 'stock' },
      { sort: '-stock' },
      { sort: '-created' },
      { active: 'true' },
      { active: 'false' },
      { active: 'false', sort: 'stock' },
      { active: 'false', sort: '-price' },
      { category },
      { category, sort: 'stock' },
      { category, sort: 'price', active: 'true' },
      { category, q: 'product 1' },
      { stock: 'low' },
      { stock: 'low', sort: 'stock' },
      { stock: 'low', sort: '-created' },
      { stock: 'low', active: 'true' },
      { stock: 'low', category },
      { stock: 'low', q: 'product 1' },
      { stock: 'low', category, q: 'kind 7', sort: 'price' },
      { q: 'product' },
      { q: 'sku-77' },
      { q: 'kind 7', sort: 'stock' },
      { q: 'kind 7', active: 'false' },
      { q: 'zzqqxx' },
      { q: 'p', sort: 'price' },
      { q: 'q' },
    ]),
    ...over('catalog', catalog, [
      {},
      { sort: '-popular' },
      { sort: 'price' },
      { sort: '-price' },
      { sort: '-stock' },
      { category },
      { category, sort: '-popular' },
      { category, sort: 'price' },
      { q: 'product' },
      { q: 'sku-77' },
      { q: 'zzqqxx' },
      { q: 'kind 7', sort: 'price' },
      { q: 'q' },
    ]),
    suggestions: () => suggestProducts(me(), 'product 11'),
    'quick order': () =>
      resolveRows(
        me(),
        pasted.map((row) => ({ ...row, product: null })),
      ),
    'a product': () => getProductProfile(owner(), shop.product),
    ...over('orders', orders, [
      {},
      { sort: 'total' },
      { sort: 'status' },
      { status: 'SHIPPED', sort: '-total' },
      { customer: shop.customer },
      { min: '100', max: '110' },
      { q: '#77' },
      { q: 'restaurant' },
      { q: 'zzqqxx' },
    ]),
    'own orders': () => getOwnOrders(me(), orderView({}), 20),
    'a new order': () => openNewOrder(owner(), shop.customer),
    'a new order, saved': () =>
      saveNewOrder(
        owner(),
        OrderDraftForm.parse({
          customerId: shop.customer,
          findProduct: 'kind 7',
          findCustomer: 'restaurant 1',
        }).draft,
      ),
    ...over('customers', people, [
      {},
      { sort: 'name' },
      { sort: '-email' },
      { status: 'ACTIVE' },
      { status: 'BLOCKED', sort: 'name' },
      { q: 'buyer77' },
      { q: 'zzqqxx' },
      { q: 'q' },
    ]),
    'a customer': () => getCustomerProfile(owner(), shop.customer),
    'own prices': () => getCustomerPrices(owner(), shop.customer, {}),
    'prices to add': () => getCustomerPrices(owner(), shop.customer, { add: 'kind 7' }),
    'prices to add, none': () => getCustomerPrices(owner(), shop.customer, { add: 'zzqqxx' }),
    imports: () => listImports(owner(), productImport),
    'an import': () => getImport(owner(), productImport, shop.import),
    audit: () => listAuditEntries(owner(), {}, page),
    'audit by action': () => listAuditEntries(owner(), { action: 'ProductUpdated' }, page),
    'audit of a product': () => listAuditEntries(owner(), { entity: shop.product }, page),
    notifications: () => listNotifications(owner(), page),
    'API products': () => searchProducts(api(), page),
    'API products, searched': () => searchProducts(api(), { ...page, search: 'kind 7' }),
    'API products of a category': () => searchProducts(api(), { ...page, category }),
    'API products searched in one': () =>
      searchProducts(api(), { ...page, category, search: 'kind 7' }),
    'API products, inactive': () =>
      searchProducts(api(), { ...page, active: false, search: 'kind' }),
    'API customers': () => listCustomers(api(), newest),
    'API customers, searched': () => listCustomers(api(), { ...newest, search: 'restaurant 77' }),
    'API orders': () => listOrders(api(), page),
    'API orders of a status': () => listOrders(api(), { ...page, status: 'SHIPPED' }),
    'API orders of a customer': () => listOrders(api(), { ...page, customerId: shop.customer }),
    'inventory report': () => getInventoryReport(api(), { limit: 100 }),
    'sales report': () => getSalesReport(api(), month, 'UTC'),
    'customer report': () => getCustomerReport(api(), month, 'UTC', page),
    'an export page of products': () => exportProducts(owner(), {}, 500),
    'an export page of what is low': () => exportProducts(owner(), { low: true }, 500),
    'an export page of customers': () => exportCustomers(owner(), {}, 500),
    'API products by name': () => listProducts(api(), { ...page, sort: 'name', descending: false }),
  };
}

function over(name: string, page: (query: Query) => () => Promise<unknown>, queries: Query[]) {
  return Object.fromEntries(
    queries.map((query) => [`${name} ${new URLSearchParams(query)}`.trim(), page(query)]),
  );
}
