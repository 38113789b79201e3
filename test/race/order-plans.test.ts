import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { addToCart } from '#src/cart/add-to-cart.ts';
import { getCart } from '#src/cart/queries.ts';
import { setCartLines } from '#src/cart/set-cart-lines.ts';
import { getProductList, productView } from '#src/catalog/product-list.ts';
import { getProductProfile } from '#src/catalog/product-profile.ts';
import { getStoreCatalog } from '#src/catalog/store-catalog.ts';
import { storeView } from '#src/catalog/store-view.ts';
import { suggestProducts } from '#src/catalog/suggest-products.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { getDashboardHome } from '#src/companies/dashboard-home.ts';
import { customerView, getCustomerList } from '#src/customers/customer-list.ts';
import { getCustomerProfile } from '#src/customers/customer-profile.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { getInvoice } from '#src/orders/get-invoice.ts';
import { getOrder, listOrders } from '#src/orders/list-orders.ts';
import { getOrderDetail } from '#src/orders/order-detail.ts';
import { getOrderList, orderView } from '#src/orders/order-list.ts';
import { getOwnOrders } from '#src/orders/own-orders.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { importPrices } from '#src/prices/import-prices.ts';
import { getCustomerPrices } from '#src/prices/price-page.ts';
import { setPrice } from '#src/prices/set-price.ts';
import { readRows } from '#src/quick-order/read-rows.ts';
import { getReorder } from '#src/quick-order/reorder-rows.ts';
import { resolveRows } from '#src/quick-order/resolve-rows.ts';
import { getCustomerReport } from '#src/reports/customer-report.ts';
import { getInventoryReport } from '#src/reports/inventory-report.ts';
import { getSalesReport } from '#src/reports/sales-report.ts';
import { as, context, freshCompany } from '../context.ts';
import { registered, signedIn } from '../storefront.ts';
import { apiKey, hashOf } from './api-clients.ts';
import { buffers, LOAD_OTHERS, plansOf, scanned } from './plans.ts';

/** One company with a large catalogue, customers with prices of their own, and years of orders. */
const PRODUCTS = 50_000;
const ORDERS = 1_000_000;
const padded = (n: number) => String(n).padStart(26, '0');
const product = (n: number): Id<'product'> => `prd_${padded(n)}`;

let company: CompanyFixture;
let session: Id<'session'>;
const owner = () => as(company, 'OWNER');
const me = () => signedIn(company, session);
let keyHash: string;
const api = () => context({ kind: 'api_key', hash: keyHash });

beforeAll(async () => {
  company = await freshCompany();
  const buyer = await registered(company);
  session = buyer.session;
  keyHash = hashOf(await apiKey(company));
  const client = await connectOwner(inject('ownerUrl'));
  try {
    const { rows } = await client.query(
      'select id from customers where company_id = $1 and email = $2',
      [company.id, buyer.email],
    );
    await client.query(LOAD_OTHERS);
    await client.query(LOAD.replaceAll('{company}', company.id).replaceAll('{buyer}', rows[0].id));
    await client.query('analyze');
  } finally {
    await client.end();
  }
}, 400_000);

describe('at 50,000 products, 5,000 customers with their own prices and a million orders', () => {
  it('no list reads a table from end to end, in whatever order and however it is filtered', async () => {
    const orders = (query: Record<string, string>) => () =>
      getOrderList(owner(), orderView(query), 25);
    const inventory = (query: Record<string, string>) => () =>
      getProductList(owner(), productView(query), 25);
    const catalog = (query: Record<string, string>) => () =>
      getStoreCatalog(me(), storeView(query));
    const day = '2026-03-01';
    await atMost(8000, {
      'orders, newest': orders({}),
      'orders by total': orders({ sort: '-total' }),
      'orders by status': orders({ sort: 'status' }),
      'orders of a status': orders({ status: 'SHIPPED' }),
      'orders of a status by total': orders({ status: 'CANCELLED', sort: 'total' }),
      'orders of a customer': orders({ customer: `cus_${padded(7)}` }),
      'orders of a day': orders({ from: day, to: day }),
      'order by number': orders({ q: '#777777' }),
      'orders of somebody': orders({ q: 'buyer4321@' }),
      'orders of nobody': orders({ q: 'zzqqxx' }),
      'orders by two letters': orders({ q: 'bu' }),
      inventory: inventory({}),
      'inventory by price': inventory({ sort: '-price' }),
      'inventory by stock': inventory({ sort: 'stock' }),
      'inventory, inactive': inventory({ active: 'false' }),
      'inventory, one product': inventory({ q: 'sku-49999' }),
      'low stock': inventory({ stock: 'low' }),
      catalog: catalog({}),
      'catalog, often bought': catalog({ sort: '-popular' }),
      'catalog by stock': catalog({ sort: '-stock' }),
      'one category': catalog({ category: 'Category 7' }),
      'one category by stock': catalog({ category: 'Category 7', sort: 'stock' }),
      'catalog, one product': catalog({ q: 'sku-49999' }),
    });
    // Every order of that size, 5,000, is read and sorted: one or two pages each.
    await atMost(16_000, { 'orders of a size': orders({ min: '10000', max: '10100' }) });
    // All the prices the customer has of their own are read, and as many others as fill the page.
    await atMost(60_000, { 'catalog by price': catalog({ sort: 'price' }) });
  });

  it('nothing else that concerns an order does', async () => {
    const { id: placed } = await placed3();
    const [someone, many] = [`cus_${padded(7)}` as const, `cus_${padded(1)}` as const];
    const rows = Array.from({ length: 60 }, (_, n) => `SKU-${n * 800}\t${n + 1}`).join('\n');
    await atMost(
      6000,
      {
        'a product': () => getProductProfile(owner(), product(5)),
        'a product changed': () => updateProduct(owner(), product(5), { price: 3, stock: 77 }, {}),
        suggestions: () => suggestProducts(me(), 'product 4999'),
        'quick order': () =>
          resolveRows(
            me(),
            readRows(rows).rows.map((row) => ({ ...row, product: null })),
          ),
        'into the cart': () => addToCart(me(), [{ productId: product(9), quantity: 3 }]),
        'quantities in the cart': () =>
          setCartLines(me(), [
            { product: product(9), quantity: '4' },
            { product: product(11), quantity: '0' },
            { product: product(12), quantity: '1' },
          ]),
        'the cart': () => getCart(me()),
        'an order placed': placed3,
        'own orders': () => getOwnOrders(me(), orderView({}), 20),
        'own order by number': () => getOwnOrders(me(), orderView({ q: '#777' }), 20),
        'an order': () => getOrderDetail(owner(), placed),
        'an invoice': () => getInvoice(owner(), placed),
        'an order again': () => getReorder(me(), placed),
        'an order confirmed': () => changeOrderStatus(owner(), placed, 'CONFIRMED', null),
        'an order cancelled': () => changeOrderStatus(owner(), placed, 'CANCELLED', null),
        'the list of customers': () => getCustomerList(owner(), customerView({}), 25),
        'a customer': () => getCustomerProfile(owner(), someone),
        "a customer's own prices": () => getCustomerPrices(owner(), someone, {}),
        'products to price': () => getCustomerPrices(owner(), someone, { add: 'product 1234' }),
        'one price': () => setPrice(owner(), someone, product(3), { price: 500, seen: null }),
        'a price list': () =>
          importPrices(owner(), someone, new TextEncoder().encode('SKU-1,1\nSKU-2,2\n')),
        'thousands of own prices': () => getCustomerPrices(owner(), many, {}),
      },
      ['thousands of own prices'],
    );
    // Thirty days of sales, for the chart.
    await atMost(15_000, { 'the first page': () => getDashboardHome(owner()) });
  });

  it('the API reads no table from end to end, and no more than a report is about', async () => {
    const since = new Date(Date.now() - 86_400_000);
    const month = {
      from: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10),
      to: null,
    };
    const ever = { from: null, to: null };
    const page = { limit: 100 };
    const { id } = await placed3();
    await atMost(8000, {
      'orders over the API': () => listOrders(api(), page),
      'of a status': () => listOrders(api(), { ...page, status: 'CANCELLED' }),
      'of a customer': () => listOrders(api(), { ...page, customerId: `cus_${padded(7)}` }),
      'of a day and status': () => listOrders(api(), { ...page, since, status: 'SHIPPED' }),
      'an order over the API': () => getOrder(api(), id),
    });
    await atMost(10_000, {
      'sales of a month': () => getSalesReport(api(), month, 'UTC'),
      'customers of a month': () => getCustomerReport(api(), month, 'UTC', page),
    });
    // All there is, is read once.
    await atMost(
      0,
      {
        'sales ever': () => getSalesReport(api(), ever, 'UTC'),
        'customers ever': () => getCustomerReport(api(), ever, 'UTC', page),
        inventory: () => getInventoryReport(api(), page),
      },
      ['sales ever', 'customers ever', 'inventory'],
    );
  });
});

const placed3 = async () => {
  const result = await placeOrder(me(), {
    id: newId('order'),
    lines: [1, 2, 3].map((n) => ({ productId: product(n * 1001), quantity: n })),
  });
  if (!result.ok) throw new Error('Not placed.');
  return result;
};

/** Asks, and looks at every plan. Of those named in `reading` only scans are looked for. */
async function atMost(
  pages: number,
  asked: Record<string, () => Promise<unknown>>,
  reading: string[] = [],
): Promise<void> {
  const figures: Record<string, number> = {};
  const wrong: string[] = [];
  for (const [name, work] of Object.entries(asked)) {
    const plans = await plansOf(work);
    expect(plans.length, name).toBeGreaterThan(0);
    figures[name] = buffers(plans);
    wrong.push(...scanned(plans).map((scan) => `${name}: ${scan}`));
    if (figures[name] > pages && !reading.includes(name))
      wrong.push(`${name}: ${figures[name]} pages`);
  }
  console.table(figures);
  expect(wrong).toEqual([]);
}

/** Rows as the app would write them; triggers are left out, as a restore would. */
const LOAD = `
  set session_replication_role = replica;
  insert into customers (id, company_id, email, name, name_key, search_key)
    select 'cus_' || lpad(n::text, 26, '0'), '{company}', 'buyer' || n || '@example.com', 'Restaurant ' || n,
      'restaurant ' || n, 'buyer' || n || '@example.com' || chr(10) || 'restaurant ' || n
    from generate_series(1, 100000) as n;
  insert into contacts (company_id, id, customer_id, email, role)
    select '{company}', 'con_' || lpad(n::text, 26, '0'), 'cus_' || lpad(n::text, 26, '0'), 'contact' || n || '@example.com', 'BUYER'
    from generate_series(1, 20000) as n;
  insert into addresses (company_id, id, customer_id, label, line1, city)
    select '{company}', 'adr_' || lpad(n::text, 26, '0'), 'cus_' || lpad(n::text, 26, '0'), 'x', 'x', 'x'
    from generate_series(1, 20000) as n;
  insert into customer_sessions (id, company_id, customer_id, user_agent, expires_at)
    select 'ses_customer' || n, '{company}', 'cus_' || lpad(n::text, 26, '0'), '', now() + interval '1 day'
    from generate_series(1, 20000) as n;
  insert into cart_lines (company_id, customer_id, product_id, quantity)
    select '{company}', 'cus_' || lpad(n::text, 26, '0'), 'prd_' || lpad(m::text, 26, '0'), 1
    from generate_series(1, 10000) as n, generate_series(1, 10) as m;
  insert into products (company_id, id, name, sku, category, price_cents, active, name_key, search_key, created_at)
    select '{company}', 'prd_' || lpad(n::text, 26, '0'), 'Product ' || n, 'SKU-' || n, 'Category ' || n % 100, n % 9000 + 100,
      n % 20 <> 0, 'product ' || n, 'product ' || n || chr(10) || 'sku-' || n || chr(10) || 'category ' || n % 100,
      timestamptz '2024-01-01' + n * interval '1 minute'
    from generate_series(0, ${PRODUCTS - 1}) as n;
  insert into stock_levels (company_id, product_id, on_hand, times_ordered)
    select company_id, id, price_cents % 500 + 50, price_cents % 977 from products where company_id = '{company}';
  update stock_levels set on_hand = 2 where company_id = '{company}' and product_id like '%777';
  insert into price_overrides (company_id, customer_id, product_id, price_cents)
    select '{company}', 'cus_' || lpad(c::text, 26, '0'), 'prd_' || lpad(((c * 37 + n * 11) % ${PRODUCTS})::text, 26, '0'), 777
    from generate_series(1, 5000) as c, generate_series(1, 100) as n on conflict do nothing;
  insert into price_overrides (company_id, customer_id, product_id, price_cents)
    select '{company}', owner, 'prd_' || lpad(n::text, 26, '0'), 555
    from unnest(array['{buyer}', 'cus_' || lpad('1', 26, '0')]) as owner, generate_series(1, 3000) as n on conflict do nothing;
  insert into orders (company_id, id, number, status, source, customer_id, customer_name, customer_email, currency,
      subtotal_cents, tax_rate_ppm, tax_cents, shipping_cents, total_cents, line_count, search_key, created_at)
    select '{company}', 'ord_' || lpad(n::text, 26, '0'), n,
      (array['DELIVERED', 'DELIVERED', 'DELIVERED', 'SHIPPED', 'CONFIRMED', 'SUBMITTED', 'CANCELLED'])[n % 7 + 1], 'STOREFRONT',
      'cus_' || lpad((n % 100000 + 1)::text, 26, '0'), 'Restaurant ' || n % 100000 + 1, 'buyer' || n % 100000 + 1 || '@example.com',
      'USD', n * 37 % 2000000, 0, 0, 0, n * 37 % 2000000, 1,
      '#' || n || ' restaurant ' || n % 100000 + 1 || ' buyer' || n % 100000 + 1 || '@example.com',
      now() - (${ORDERS} - n) * interval '1 minute'
    from generate_series(1, ${ORDERS}) as n;
  insert into order_lines (company_id, order_id, line, product_id, name, unit, quantity, unit_price_cents, total_cents)
    select company_id, id, 1, 'prd_' || lpad((number % ${PRODUCTS})::text, 26, '0'), 'Product', 'each', 1, 100, 100
    from orders where company_id = '{company}';
  insert into order_numbers values ('{company}', ${ORDERS});
  insert into order_numbers select id, 1001 from companies where id like 'com_other%';
  insert into customer_totals (company_id, customer_id, currency, orders, spent_cents, last_order_at)
    select company_id, customer_id, currency, count(*), sum(total_cents), max(created_at)
    from orders where company_id = '{company}' group by 1, 2, 3;
  update plan_usage set customers = 100000, products = ${PRODUCTS} where company_id = '{company}';
  set session_replication_role = origin`;
