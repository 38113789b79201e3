import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { freshCompany } from '../context.ts';
import { quotes } from '../long-texts.ts';
import { productsFor } from '../products.ts';
import { formIn } from '../shopper.ts';
import { browserOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';
import { upload } from '../uploads.ts';

const MOST = 300_000;

const csvLine = (cells: readonly string[]) =>
  cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');

it('the preview of a file of 200 columns, which changes all there is and has issues', async () => {
  const company = await freshCompany();
  const staff = await browserOf(company, 'MEMBER');
  const skus = Array.from({ length: 200 }, (_, n) => `${n}${quotes(90)}`);
  await productsFor(
    company,
    skus.map((sku) => ({
      name: quotes(199),
      sku,
      category: quotes(99),
      unit: quotes(29),
      description: quotes(1999),
      stock: 5,
    })),
  );
  const fields = ['sku', 'name', 'description', 'category', 'unit', 'price', 'stock', 'isActive'];
  const others = Array.from({ length: 192 }, (_, n) => `${quotes(148)}${n}`);
  const rows = skus.map((sku, n) => [
    sku,
    `!${quotes(190)}`,
    `!${quotes(1990)}`,
    `!${quotes(90)}`,
    `!${quotes(20)}`,
    n < 100 ? '999' : quotes(90),
    '9999',
    quotes(80),
    ...others.map(() => ''),
  ]);
  const path = await upload(
    company,
    'inventory',
    [[...fields, ...others], ...rows].map(csvLine).join('\n'),
  );
  const { status, text } = await staff(path);
  expect(status).toBe(200);
  for (const card of ['Issues (100)', 'Warnings (', '50 of 100 rows']) expect(text).toContain(card);
  expect(text.match(/<option value="199"/g)).toHaveLength(fields.length);
  expect(Buffer.byteLength(text)).toBeLessThan(MOST);
});

it('the preview of a file whose heading is one endless cell', async () => {
  const company = await freshCompany();
  const staff = await browserOf(company, 'MEMBER');
  for (const heading of [quotes(2_000_000), `${quotes(30_000)}\n`, 'x,"b\r'.repeat(300_000)]) {
    const path = await upload(company, 'customers', heading);
    const { status, text } = await staff(path);
    expect(status).toBe(200);
    expect(text).toContain('No column for Email');
    expect(Buffer.byteLength(text)).toBeLessThan(MOST);
  }
});

describe('a store of 500 products with names that fill a page', () => {
  let company: CompanyFixture;
  let buyer: StoreBrowser;
  let home: string;
  const rows = Array.from({ length: 500 }, (_, n) => `S-${n}\t1`);
  const small = ({ status, text }: { status: number; text: string }) => {
    expect(Buffer.byteLength(text)).toBeLessThan(MOST);
    return { status, text };
  };

  beforeAll(async () => {
    company = await freshCompany();
    home = `/store/${company.slug}`;
    await productsFor(
      company,
      rows.map((_, n) => ({
        name: `${n} ${quotes(195)}`,
        sku: `S-${n}`,
        category: quotes(100),
        unit: quotes(30),
        description: quotes(2000),
        stock: n === 499 ? 0 : 5,
      })),
    );
    buyer = await registeredBrowser(company.slug, someEmail());
  });

  it('lists them', async () => {
    expect(small(await buyer(`${home}/catalog`)).status).toBe(200);
    const staff = await browserOf(company, 'MEMBER');
    expect(small(await staff('/dashboard/inventory')).status).toBe(200);
    expect(small(await staff('/dashboard/orders/new')).status).toBe(200);
  });

  it('shows a quick order of a thousand rows, what needs somebody first, and keeps all', async () => {
    const unknown = Array.from({ length: 500 }, (_, n) => `Unknown ${n}\t${quotes(20)}`);
    const many = [...rows, ...unknown].join('\n');
    const { status, text } = small(await buyer(`${home}/quick-order`, { rows: many }));
    expect(status).toBe(200);
    expect(text.match(/class="order-row"/g)).toHaveLength(80);
    expect(text).toContain(
      'And 920 more lines, 421 of them need attention. They are sent with these.',
    );
    const long = Array.from({ length: 1000 }, () => quotes(190)).join('\n');
    const more = await buyer(`${home}/quick-order`, { rows: long });
    expect(more.status).toBe(422);
    expect(more.text).toContain('These rows have more text than fits on a page. Split them.');
  });

  it('takes all rows into the cart, also those that a page had no room for', async () => {
    const found = small(await buyer(`${home}/quick-order`, { rows: rows.join('\n') }));
    expect(found.text).toContain('Add 499 items to cart');
    expect(found.text).toContain('And 420 more lines, all ready. They are sent with these.');
    const folded = /name="folded" value="([^"]*)"/.exec(found.text)?.[1] ?? '';
    const fields = [
      ...found.text.matchAll(/name="((?:text|quantity|product)-\d+)" value="([^"]*)"/g),
    ];
    const inputs = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
    const steppers = [...found.text.matchAll(/name="(quantity-\d+)"\s+value="([^"]*)"/g)];
    for (const [, name = '', value = ''] of steppers) inputs[name] = value;
    const added = small(await buyer(`${home}/quick-order/add`, { ...inputs, folded }));
    expect(added.text).toContain('Added 499 items. 1 still needs attention:');
  });

  it('shows the cart in parts, each to be changed where it is', async () => {
    const cart = small(await buyer(`${home}/cart`));
    expect(cart.text.match(/class="cart-line"/g)).toHaveLength(50);
    expect(cart.text).toContain('50 of 499 products');
    const last = small(await buyer(`${home}/cart?page=99`));
    expect(last.text.match(/class="cart-line"/g)).toHaveLength(49);
    expect(last.text).toContain('name="page" value="10"');
    const [, product = ''] = /id="line-(prd_\w+)"/.exec(last.text) ?? [];
    const changed = await buyer(`${home}/cart`, {
      line: `${product}:1`,
      quantity: '2',
      page: '10',
    });
    expect(changed).toMatchObject({ status: 303, location: `${home}/cart?page=10` });
    for (const page of ['0', '-1', 'x', '1e400']) {
      expect((await buyer(`${home}/cart?page=${page}`)).text).toContain('50 of 499 products');
    }
  });

  it('places and shows the order, and orders it again', async () => {
    const checkout = small(await buyer(`${home}/checkout`));
    const form = { ...formIn(checkout.text), address: 'new' };
    const address = { line1: 'Main St 1', city: 'Linz', region: 'OO', postalCode: '4020' };
    const placed = await buyer(`${home}/checkout`, { ...form, ...address, country: 'Austria' });
    expect(placed.status).toBe(303);
    const path = placed.location ?? '';
    expect(small(await buyer(path)).text.match(/<tr/g)).toHaveLength(500);
    const staff = await browserOf(company, 'MEMBER');
    expect(small(await staff(`/dashboard/orders/${path.split('/').at(-1)}`)).status).toBe(200);
    expect(small(await buyer(`${path}/reorder`, {})).text).toContain('And 419 more lines');
  });
});
