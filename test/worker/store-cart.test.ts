import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { enterCompany } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { companies } from '#db/schema/index.ts';
import { bulkUpdateProducts } from '#src/catalog/bulk-update-products.ts';
import { as, context, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { formIn } from '../shopper.ts';
import { valueOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { joinedBrowser, registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';

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
  const { company, home, buyer, flour, rice } = await shop();
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
  expect(none.text).toContain('No products found');
  expect(none.text).not.toContain('mailto:');
  const { db } = context({ kind: 'nobody' });
  const contact = { contactEmail: 'shop@nordic.test', contactPhone: '+1 503 555 0100' };
  await db.batch([
    enterCompany(db, company.id),
    db.update(companies).set(contact).where(eq(companies.id, company.id)),
  ]);
  const near = await buyer(`${home}/catalog?q=brwon`);
  expect(near).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of [
    'No exact match for “brwon”. Closest products:',
    'Brown rice',
    `href="mailto:shop@nordic.test?subject=${encodeURIComponent('Do you have “brwon”?')}"`,
    'href="tel:+15035550100"',
  ]) {
    expect(near.text).toContain(text);
  }

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
  const removed = await buyer(`${home}/cart`, { ...linesIn(cart.text), remove: flour });
  expect(removed).toMatchObject({ status: 303, roundTrips: 1 });
  const undo = await buyer(removed.location ?? '');
  expect(undo.text).toContain('Removed “Bread flour”.');
  await buyer(`${home}/cart/${flour}`, { quantity: '5' });
  expect((await buyer(`${home}/cart`)).text).toContain('Only 3 left');
  await buyer(`${home}/cart/clear`, {});
  expect((await buyer(`${home}/cart`)).text).toContain('Your cart is empty');
});

it('answers the catalog with a button that says what it adds, and can be pressed where there is something', async () => {
  const { home, buyer, flour, oil, gone } = await shop();
  const swap = async (line: string, quantity: string) => {
    const form = { line, quantity, states: 'yes' };
    const { status, text, roundTrips } = await buyer(`${home}/cart`, form);
    expect(roundTrips).toBe(1);
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

describe('the form of the cart', () => {
  it('sets several lines in one round trip, and leads to the checkout', async () => {
    const { home, buyer, rice, sugar } = await stocked();
    const shown = linesIn((await buyer(`${home}/cart`)).text);
    expect(shown.quantity).toEqual(['2', '3']);
    const typed = { ...shown, quantity: ['7', ' 9 '], checkout: 'yes' };
    const answer = await buyer(`${home}/cart`, typed);
    expect(answer).toMatchObject({ status: 303, location: `${home}/checkout`, roundTrips: 1 });
    expect(formIn((await buyer(`${home}/checkout`)).text)['line']).toEqual([
      `${rice}:7:100`,
      `${sugar}:9:200`,
    ]);
    // A replay changes nothing, whatever was shown when it was typed.
    expect((await buyer(`${home}/cart`, typed)).location).toBe(`${home}/checkout`);
    expect(await quantitiesIn(buyer, home)).toEqual(['7', '9']);
  });

  it('takes nothing that was typed on the page of somebody else', async () => {
    const { company, home, buyer } = await stocked();
    const { text } = await buyer(`${home}/cart`);
    const theirs = {
      ...linesIn(text),
      quantity: ['7', '9'],
      person: valueOf(text, 'person') ?? '',
    };
    const other = await registeredBrowser(company.slug, someEmail());
    expect((await other(`${home}/cart`, theirs)).status).toBe(412);
    expect(await quantitiesIn(other, home)).toEqual([]);
    expect((await buyer(`${home}/cart`, theirs)).status).toBe(303);
    expect(await quantitiesIn(buyer, home)).toEqual(['7', '9']);
  });

  it('takes what it can, and says of each other line why, with what was typed', async () => {
    const { home, buyer } = await stocked();
    const shown = linesIn((await buyer(`${home}/cart`)).text);
    for (const [wrong, message] of [
      ['1.5', 'Quantity must be a whole number from 0 to 99999.'],
      ['100000', 'Quantity must be a whole number from 0 to 99999.'],
      ['a "few"', 'Quantity must be a whole number from 0 to 99999.'],
      ['', 'Quantity must be a whole number from 0 to 99999.'],
    ] as const) {
      const typed = { ...shown, quantity: [wrong, '8'], checkout: 'yes' };
      // oxlint-disable-next-line no-await-in-loop -- one cart
      const refused = await buyer(`${home}/cart`, typed);
      expect(refused, wrong).toMatchObject({ status: 422, roundTrips: 1 });
      expect(refused.text).toContain(message);
      expect(linesIn(refused.text).quantity).toEqual([wrong.replaceAll('"', '&quot;'), '8']);
      expect(refused.text.match(/aria-invalid="true"/g)).toHaveLength(1);
    }
    expect(await quantitiesIn(buyer, home)).toEqual(['2', '8']);
  });

  it('leaves lines alone that were changed elsewhere and not here', async () => {
    const { home, buyer, rice } = await stocked();
    const shown = linesIn((await buyer(`${home}/cart`)).text);
    await buyer(`${home}/cart/${rice}`, { quantity: '6' });
    await buyer(`${home}/cart`, { ...shown, quantity: ['2', '4'] });
    expect(await quantitiesIn(buyer, home)).toEqual(['6', '4']);
  });

  it('does not go on to the checkout with a line that cannot be ordered, and says which and why', async () => {
    const { home, buyer, company, sugar } = await stocked();
    const shown = linesIn((await buyer(`${home}/cart`)).text);
    const typed = { ...shown, quantity: ['51', '3'], checkout: 'yes' };
    const short = await buyer(`${home}/cart`, typed);
    expect(short).toMatchObject({ status: 409, roundTrips: 1 });
    for (const text of ['Only 50 left', 'Not enough stock for Brown rice. Only 50 available.'])
      expect(short.text).toContain(text);
    expect(linesIn(short.text).quantity).toEqual(['51', '3']);
    expect(/<button[^>]*name="checkout"[^>]*>/.exec(short.text)?.[0]).toContain('disabled');
    await bulkUpdateProducts(as(company, 'OWNER'), [sugar], { active: false });
    const gone = await buyer(`${home}/cart`);
    expect(gone.text).toContain('Sugar is no longer available.');
    // Its line can still be removed, and the checkout shows no total for it, as the cart does.
    const checkout = await buyer(`${home}/checkout`);
    expect(checkout.text).not.toContain('$6.00');
    await buyer(`${home}/cart`, { ...linesIn(gone.text), quantity: ['5'], remove: sugar });
    expect(await quantitiesIn(buyer, home)).toEqual(['5']);
  });

  it('refuses forms that no page sends, and takes products that are not for sale into no cart', async () => {
    const { home, buyer, gone } = await stocked();
    const uneven = await buyer(`${home}/cart`, { line: [gone], quantity: ['1', '2'] });
    expect(uneven.status).toBe(400);
    const many = Array.from({ length: 501 }, () => newId('product'));
    const tooMany = await buyer(`${home}/cart`, { line: many, quantity: many.map(() => '1') });
    expect(tooMany.status).toBe(422);
    const strange = { line: [gone, newId('product'), 'x'], quantity: ['1', '2', '3'] };
    const refused = await buyer(`${home}/cart`, strange);
    expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
    expect(refused.text).toContain('This product is no longer available.');
    expect(await quantitiesIn(buyer, home)).toEqual(['2', '3']);
  });

  it('says something when nothing is added in the catalog without a script', async () => {
    const { home, buyer, flour } = await stocked();
    const back = `${home}/catalog`;
    const none = await buyer(`${home}/cart/${flour}`, { quantity: '0', back, add: 'yes' });
    expect(none.status).toBe(422);
    expect(none.text).toContain('Enter how many to add: 1 or more.');
    await buyer(`${home}/cart/${flour}`, { quantity: '50', back, add: 'yes' });
    expect((await buyer(back)).text).toContain('50 in cart. Only 3 left');
  });
});

/** A cart with two of rice and three of sugar. */
async function stocked() {
  const known = await shop();
  const { company, home, buyer, rice } = known;
  const [sugar = 'prd_'] = await productsFor(company, [
    { name: 'Sugar', priceCents: 200, stock: 50 },
  ]);
  await buyer(`${home}/cart/${rice}`, { quantity: '2' });
  await buyer(`${home}/cart/${sugar}`, { quantity: '3' });
  return { ...known, sugar };
}

/** What the cart's form sends as long as nothing is typed. */
function linesIn(page: string) {
  const values = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, value = '']) => value);
  return {
    line: values(/name="line" value="([^"]*)"/g),
    quantity: values(/name="quantity"\s+value="([^"]*)"(?![^>]*disabled)/g),
  };
}

const quantitiesIn = async (buyer: StoreBrowser, home: string) =>
  linesIn((await buyer(`${home}/cart`)).text).quantity;

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
  for (const quantity of ['1', 'x']) {
    expect((await viewer(`${home}/cart`, { line: rice, quantity })).status).toBe(403);
  }
  expect((await viewer(`${home}/quick-order/add`, { 'text-1': 'F-1' })).status).toBe(403);
  for (const product of [gone, newId('product'), 'x']) {
    const { status, text } = await buyer(`${home}/cart/${product}`, { quantity: '1' });
    expect(status).toBe(422);
    expect(text).toContain('This product is no longer available.');
  }
});
