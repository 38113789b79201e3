import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { someEmail } from '../storefront.ts';
import { joinedBrowser, registeredBrowser } from '../storefront-browser.ts';

async function shop() {
  const company = await freshCompany();
  const [flour = 'prd_', rice = 'prd_', oil = 'prd_', gone = 'prd_'] = await productsFor(company, [
    { name: 'Bread flour', sku: 'F-1', category: 'Dry', priceCents: 250, stock: 3 },
    { name: 'Brown rice', category: 'Dry', priceCents: 100, stock: 50 },
    { name: 'Olive oil', category: 'Oils', stock: 0 },
    { name: 'Old cheese', active: false },
  ]);
  const home = `/store/${company.slug}`;
  const email = someEmail();
  const buyer = await registeredBrowser(company.slug, email);
  return { company, home, buyer, flour, rice, oil, gone };
}

it('shows products with stock and price, and takes them into the cart without a script', async () => {
  const { home, buyer, flour, rice } = await shop();
  const catalog = await buyer(`${home}/catalog`);
  expect(catalog).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of ['Bread flour', 'F-1', '$2.50', 'Only 3 left', 'Out of stock', 'Oils']) {
    expect(catalog.text).toContain(text);
  }
  expect(catalog.text).not.toContain('Old cheese');
  const found = await buyer(`${home}/catalog?q=RICE&category=Dry&sort=-popular`);
  expect(found.text).toContain('Brown rice');
  expect(found.text).not.toContain('Bread flour');
  const none = await buyer(`${home}/catalog?q=nothing%25`);
  expect(none.text).toContain('No product matches');

  const back = `${home}/catalog?q=rice`;
  const added = await buyer(`${home}/cart/${rice}`, { quantity: '4', back });
  expect(added).toMatchObject({ status: 303, location: `${back}#buy-${rice}`, roundTrips: 1 });
  expect((await buyer(back)).text).toContain('4 in cart');
  const refused = await buyer(`${home}/cart/${rice}`, { quantity: '2.5', back });
  expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
  expect(refused.text).toContain('value="2.5"');
  expect(refused.text).toContain('Quantity must be a whole number from 0 to 99999.');

  await buyer(`${home}/cart/${flour}`, { quantity: '5', back });
  const cart = await buyer(`${home}/cart`);
  expect(cart).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of ['Only 3 left', '$16.50', 'Check out']) expect(cart.text).toContain(text);
  const form = { quantity: '5', remove: 'yes', seen: '5' };
  const removed = await buyer(`${home}/cart/${flour}`, form);
  expect(removed).toMatchObject({ status: 303, roundTrips: 1 });
  const undo = await buyer(removed.location ?? '');
  expect(undo.text).toContain('“Bread flour” is removed.');
  await buyer(`${home}/cart/${flour}`, { quantity: '5' });
  expect((await buyer(`${home}/cart`)).text).toContain('Only 3 left');
  await buyer(`${home}/cart/clear`, {});
  expect((await buyer(`${home}/cart`)).text).toContain('Your cart is empty');
});

it('swaps in a button that says what it adds, and can be pressed where there is something', async () => {
  const { home, buyer, flour, oil, gone } = await shop();
  const back = `${home}/catalog`;
  const swap = async (product: string, quantity: string) => {
    const target = `${home}/cart/${product}`;
    const { status, text } = await buyer(target, { quantity, back }, { 'HX-Request': 'true' });
    const [, attributes = '', label = ''] = /<button([^>]*)>([^]*?)<\/button>/.exec(text) ?? [];
    const name = label.replaceAll(/<[^>]*>/g, '').trim();
    return [status, name, attributes.includes('disabled') ? 'disabled' : 'enabled'];
  };
  expect(await swap(flour, '2')).toEqual([200, 'Update Bread flour', 'enabled']);
  expect(await swap(flour, 'two')).toEqual([422, 'Update Bread flour', 'enabled']);
  expect(await swap(flour, '0')).toEqual([200, 'Add Bread flour', 'enabled']);
  expect(await swap(oil, '1')).toEqual([200, 'Update Olive oil', 'enabled']);
  expect(await swap(oil, '0')).toEqual([200, 'Add Olive oil', 'disabled']);
  expect(await swap(oil, 'x')).toEqual([422, 'Add Olive oil', 'disabled']);
  expect(await swap(gone, '1')).toEqual([422, 'Add this product', 'disabled']);
});

it('pages through 24 products at a time, there and back, in every order', async () => {
  const { company, home, buyer } = await shop();
  await productsFor(
    company,
    Array.from({ length: 50 }, (_, n) => ({ name: `Thing ${n}`, priceCents: n % 7, stock: n })),
  );
  for (const sort of ['', 'price', '-price', '-popular', '-stock']) {
    const seen: string[] = [];
    let next: string | undefined = `${home}/catalog?sort=${sort}`;
    while (next) {
      const { text }: { text: string } = await buyer(next);
      seen.push(...[...text.matchAll(/<h2>([^<]+)<\/h2>/g)].map(([, name = '']) => name));
      next = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(53);
    expect(new Set(seen).size).toBe(53);
  }
});

it('keeps two people of one account, and other customers, apart; a viewer changes nothing', async () => {
  const { company, home, buyer, rice, gone } = await shop();
  const colleague = await joinedBrowser(buyer, company.slug, someEmail(), 'BUYER');
  const viewer = await joinedBrowser(buyer, company.slug, someEmail(), 'VIEWER');
  const other = await registeredBrowser(company.slug, someEmail());
  await buyer(`${home}/cart/${rice}`, { quantity: '7' });
  for (const browser of [colleague, other]) {
    expect((await browser(`${home}/cart`)).text).toContain('Your cart is empty');
  }
  await colleague(`${home}/cart/${rice}`, { quantity: '9' });
  expect((await buyer(`${home}/catalog`)).text).toContain('7 in cart');
  const looking = await viewer(`${home}/catalog`);
  expect(looking.text).toContain('Brown rice');
  expect(looking.text).not.toContain('name="quantity"');
  expect(looking.text).not.toContain(`${home}/cart`);
  const back = `${home}/catalog`;
  for (const fields of [{ quantity: '1' }, { quantity: '1', back }, { quantity: 'x', back }]) {
    expect((await viewer(`${home}/cart/${rice}`, fields)).status).toBe(403);
  }
  expect((await viewer(`${home}/cart/clear`, {})).status).toBe(403);
  expect((await viewer(`${home}/quick-order/add`, { 'text-1': 'F-1' })).status).toBe(403);
  for (const product of [gone, newId('product'), 'x']) {
    const { status, text } = await buyer(`${home}/cart/${product}`, { quantity: '1' });
    expect(status).toBe(422);
    expect(text).toContain('This product is no longer available.');
  }
});
