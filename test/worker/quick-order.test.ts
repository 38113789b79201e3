import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { enterCompany } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { products } from '#db/schema/index.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { context, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { server } from '../server.ts';
import { logIn, signedIn, someEmail } from '../storefront.ts';
import { PASSWORD, registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';

async function shop() {
  const company = await freshCompany();
  const ids = await productsFor(company, [
    { name: 'Bread flour', sku: 'F-1', priceCents: 250, stock: 10 },
    { name: 'Brown rice', sku: 'R-1', priceCents: 100, stock: 2 },
    { name: 'Old cheese', sku: 'CH-9', active: false },
  ]);
  const email = someEmail();
  const buyer = await registeredBrowser(company.slug, email);
  return { company, ids, email, buyer, home: `/store/${company.slug}` };
}

it('shows every pasted row in one state, and adds those that are fine', async () => {
  const { home, buyer } = await shop();
  expect(await buyer(`${home}/quick-order`)).toMatchObject({ status: 200, roundTrips: 1 });
  const rows = 'SKU\tQty\nF-1\t3\nR-1\t5\nCH-9\t1\nbred flower\t2\nF-1\t2.5\n<b>zz</b>\t1';
  const checked = await buyer(`${home}/quick-order`, { rows });
  expect(checked).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of [
    'We used these as column headings: SKU, Qty',
    'Only 2 left.',
    'No longer sold',
    'Did you mean …',
    'Enter a whole number (1–99,999).',
    '&lt;b&gt;zz&lt;/b&gt;',
    'Add 1 item to cart',
  ]) {
    expect(checked.text).toContain(text);
  }
  expect(checked.text.match(/class="order-row"/g)).toHaveLength(6);
  expect(checked.text).not.toContain('Old cheese');

  const fields = {
    'text-2': 'F-1',
    'quantity-2': '3',
    'text-3': 'R-1',
    'quantity-3': '5',
    'text-4': 'CH-9',
    'quantity-4': '1',
    'leave-4': 'on',
  };
  const added = await buyer(`${home}/quick-order/add`, fields);
  expect(added.status).toBe(200);
  expect(added.text).toContain('Added 1 item. 1 still needs attention:');
  expect(added.text.match(/class="order-row"/g)).toHaveLength(1);
  const taken = await buyer(`${home}/quick-order/add`, {
    'text-3': 'R-1',
    'quantity-3': '5',
    take: '3:2',
  });
  expect(taken).toMatchObject({ status: 303, location: `${home}/cart` });
  expect((await buyer(`${home}/cart`)).text).toContain('$9.50');
});

/** What the page of this list and this file says. */
async function checkedFile(page: { home: string; buyer: StoreBrowser }, rows: string, file: File) {
  const form = new FormData();
  form.set('rows', rows);
  form.set('file', file);
  const sent = new Response(form);
  const [session] = page.buyer.cookies('customer_session');
  const response = await server.fetch(`${page.home}/quick-order`, {
    method: 'POST',
    headers: {
      Cookie: `customer_session=${session?.value}`,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': sent.headers.get('Content-Type') ?? '',
    },
    body: await sent.arrayBuffer(),
  });
  return { status: response.status, text: await response.text() };
}

it('reads what is typed and then the file, and numbers the lines of both', async () => {
  const page = await shop();
  const file = new File(['SKU,Qty\nR-1,2\n'], 'list.csv');
  const both = await checkedFile(page, 'F-1 5\nzz 3', file);
  expect(both.text).toContain('From line 3 on, the lines are from “list.csv”.');
  for (const name of ['quantity-1', 'quantity-2', 'quantity-4']) {
    expect(both.text).toContain(`name="${name}"`);
  }
  const alone = await checkedFile(page, '', file);
  expect(alone.text).not.toContain('the lines are from');
  expect(alone.text).toContain('name="quantity-2"');
  const many = await checkedFile(page, 'F-1 5', new File(['R-1,1\n'.repeat(1000)], 'list.csv'));
  expect(many.status).toBe(422);
  expect(many.text).toContain('and these are 1,001. Split them. Choose “list.csv” again.');
  expect(many.text).toContain('F-1 5</textarea>');
});

it('says that a file is Excel’s, or too long, and keeps what was typed', async () => {
  const page = await shop();
  const marks = [
    [0x50, 0x4b, 0x03, 0x04, 0x14],
    [0xd0, 0xcf, 0x11, 0xe0, 0xa1],
  ];
  for (const mark of marks) {
    const file = new File([new Uint8Array(mark)], 'list.csv');
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const refused = await checkedFile(page, 'F-1 5', file);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('This is an Excel file. Save it as CSV,');
    expect(refused.text).toContain('F-1 5</textarea>');
  }
  const long = await checkedFile(page, 'F-1 5', new File(['x'.repeat(200_001)], 'list.csv'));
  expect(long.status).toBe(422);
  expect(long.text).toContain('This file has more than 1,000 rows. Split it.');
  expect(long.text).toContain('F-1 5</textarea>');
});

/** What the cart page shows to be in the cart, line by line. */
async function inCart(buyer: StoreBrowser, home: string): Promise<number[]> {
  const { text } = await buyer(`${home}/cart`);
  return [...text.matchAll(/name="line" value="prd_\w+:(\d+)"/g)].map(([, units]) => Number(units));
}

const seenOn = (text: string) => /(?:name="seen" value|data-seen)="([^"]*)"/.exec(text)?.[1] ?? '';

it('puts rows into the cart once, however often the same page is sent', async () => {
  const { ids, home, buyer } = await shop();
  await buyer(`${home}/cart/${ids[0]}`, { quantity: '1' });
  const { text } = await buyer(`${home}/quick-order`, { rows: 'F-1\t8\nR-1\t5' });
  expect(seenOn(text)).toBe(`${ids[0]}:1`);
  const flour = { 'text-1': 'F-1', 'product-1': ids[0] ?? '', 'quantity-1': '8' };
  const rice = { 'text-2': 'R-1', 'product-2': ids[1] ?? '', 'quantity-2': '5' };
  const sent = { seen: seenOn(text), ...flour, ...rice };
  const both = [];
  for (const time of ['first', 'reload']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { text: result } = await buyer(`${home}/quick-order/add`, sent);
    expect(result, time).toContain('Added 1 item. 1 still needs attention:');
    expect(await inCart(buyer, home), time).toEqual([9]);
    both.push(seenOn(result));
  }
  expect(both).toEqual([`${ids[0]}:9`, `${ids[0]}:9`]);

  // From a page that showed them, the same rows are more of them.
  const more = { seen: `${ids[0]}:9`, ...flour, ...rice, 'quantity-1': '1', take: '2:2' };
  for (const _ of both) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { status, location } = await buyer(`${home}/quick-order/add`, more);
    expect([status, location]).toEqual([303, `${home}/cart`]);
    expect(await inCart(buyer, home)).toEqual([10, 2]);
  }
});

it('takes what the pad sends twice once, though it has looked nothing up', async () => {
  const { home, buyer } = await shop();
  const seen = seenOn((await buyer(`${home}/quick-order`)).text);
  const pad = { seen, 'text-1': 'bread FLOUR', 'quantity-1': '3', 'product-1': '' };
  await Promise.all([buyer(`${home}/quick-order/add`, pad), buyer(`${home}/quick-order/add`, pad)]);
  expect(await inCart(buyer, home)).toEqual([3]);
  const later = seenOn((await buyer(`${home}/quick-order`)).text);
  await buyer(`${home}/quick-order/add`, { ...pad, seen: later });
  expect(await inCart(buyer, home)).toEqual([6]);
});

it('leaves lines without a quantity out, and shows them', async () => {
  const { home, buyer } = await shop();
  const guide = 'SKU\tProduct\tQty\nF-1\tFlour\t2\nR-1\tRice\t\nX-1\t<b>\t0';
  const checked = await buyer(`${home}/quick-order`, { rows: guide });
  expect(checked).toMatchObject({ status: 200, roundTrips: 1 });
  expect(checked.text.match(/class="order-row"/g)).toHaveLength(1);
  expect(checked.text).toContain('2 lines without a quantity were left out.');
  expect(checked.text).toContain('Line 3: R-1, Rice');
  expect(checked.text).toContain('Line 4: X-1, &lt;b&gt;, 0');
  const none = await buyer(`${home}/quick-order`, { rows: 'SKU\tQty\nF-1\t\nR-1\t0' });
  expect(none.status).toBe(422);
  expect(none.text).toContain('None of these lines has a quantity.');
  expect(none.text).toContain('R-1\t0</textarea>');
});

it('names the numbers that a quantity can mean, and reads its units', async () => {
  const { home, buyer } = await shop();
  const { text } = await buyer(`${home}/quick-order`, { rows: 'F-1;1.000\nF-1;2 cases' });
  expect(text).toContain('Did you mean 1,000 or 1.00?');
  expect(text).toMatch(/name="quantity-2"[^>]* value="2"/);
});

it('asks for a quantity that was emptied, and adds nothing', async () => {
  const { home, buyer } = await shop();
  for (const action of ['quick-order', 'quick-order/add']) {
    const fields = { 'text-1': 'F-1', 'quantity-1': ' ' };
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { status, text } = await buyer(`${home}/${action}`, fields);
    expect(status).toBe(200);
    expect(text).toContain('Enter a whole number (1–99,999).');
  }
  expect(await inCart(buyer, home)).toEqual([]);
});

it('says what is missing, keeps what was typed, and suggests products in one round trip', async () => {
  const { home, buyer } = await shop();
  const empty = await buyer(`${home}/quick-order`, { rows: '  \n ' });
  expect(empty).toMatchObject({ status: 422, roundTrips: 1 });
  expect(empty.text).toContain('Type or paste at least one line, or choose a file.');
  const many = await buyer(`${home}/quick-order`, { rows: 'F-1 2\n'.repeat(1001) });
  expect(many.status).toBe(422);
  expect(many.text).toContain('At most 1,000 rows at once, and these are 1,001. Split them.');
  expect(many.text).toContain('F-1 2\nF-1 2');
  const found = await buyer(`${home}/quick-order/suggestions?q=r-1`);
  expect(found).toMatchObject({ status: 200, roundTrips: 1 });
  expect((JSON.parse(found.text) as unknown[])[0]).toMatchObject({
    name: 'Brown rice',
    sku: 'R-1',
    onHand: 2,
    byName: true,
    isNear: false,
  });
  for (const q of ['', '%00', '%25', '%F0%9F%92%A3']) {
    const { status, text } = await buyer(`${home}/quick-order/suggestions?q=${q}`);
    expect([status, text]).toEqual([200, '[]']);
  }
});

it('shows what has changed since an order before it goes into the cart again', async () => {
  const { company, ids, email, home, buyer } = await shop();
  const session = await logIn(company, email, PASSWORD);
  if (!session.ok) throw new Error('Not logged in.');
  const id = newId('order');
  const lines = [
    { productId: ids[0], quantity: 4 },
    { productId: ids[1], quantity: 2 },
  ];
  await placeOrder(signedIn(company, session.sessionId), { id, lines });
  const { db } = context({ kind: 'nobody' });
  await db.batch([
    enterCompany(db, company.id),
    db
      .update(products)
      .set({ priceCents: 300 })
      .where(eq(products.id, ids[0] ?? 'prd_')),
  ]);
  const again = await buyer(`${home}/orders/${id}/reorder`, {});
  expect(again).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of ['Reorder #', 'Was $2.50', '$3.00', 'Out of stock.']) {
    expect(again.text).toContain(text);
  }
  const fields = {
    seen: seenOn(again.text),
    'text-1': 'F-1',
    'product-1': ids[0] ?? '',
    'quantity-1': '4',
  };
  await buyer(`${home}/quick-order/add`, fields);
  await buyer(`${home}/quick-order/add`, fields);
  expect(await inCart(buyer, home)).toEqual([4]);
  const other = await registeredBrowser(company.slug, someEmail());
  expect((await other(`${home}/orders/${id}/reorder`, {})).status).toBe(404);
});
