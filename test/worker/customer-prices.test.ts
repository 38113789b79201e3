import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, idFrom, newId } from '#db/ids.ts';
import { importPrices } from '#src/prices/import-prices.ts';
import { getCustomerPrices } from '#src/prices/price-page.ts';
import { removePrice } from '#src/prices/remove-price.ts';
import { setPrice } from '#src/prices/set-price.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { type Ask, browserOf, hrefOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';

let company: CompanyFixture;
let customer: Id<'customer'>;
let oil: Id<'product'>;
let salt: Id<'product'>;
let ask: Ask;
let buyer: StoreBrowser;
let profile: string;
let prices: string;

beforeEach(async () => {
  company = await freshCompany();
  buyer = await registeredBrowser(company.slug, someEmail());
  ask = await browserOf(company, 'MEMBER');
  profile = hrefOf((await ask('/dashboard/customers')).text, 'Blue Plate') ?? '';
  prices = `${profile}/prices`;
  customer = idFrom('customer', profile.split('/').at(-1) ?? '');
  [oil = 'prd_', salt = 'prd_'] = await productsFor(company, [
    { name: 'Olive oil', sku: 'OIL', priceCents: 4250 },
    { name: 'Salt', sku: 'SA-1', priceCents: 90 },
  ]);
});

/** The page's form with this label in it. */
function markupOf(page: string, label: string): string {
  const forms = page.split('<form ').map((part) => part.slice(0, part.indexOf('</form>')));
  const form = forms.find((part) => part.includes(label));
  if (form === undefined) throw new Error(`There is no form with "${label}".`);
  return form;
}

/** Where it posts to, and what a browser sends. */
function formOf(page: string, label: string) {
  const form = markupOf(page, label);
  const attribute = (tag: string, name: string) =>
    tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1]?.replaceAll('&amp;', '&') ?? '';
  const fields = [...form.matchAll(/<input[^>]*>/g)].map(([tag]) => [
    attribute(tag, 'name'),
    attribute(tag, 'value'),
  ]);
  return { action: attribute(form, 'action'), fields: Object.fromEntries(fields) };
}

/** Sends the page's form with this label, its price as it is or another. */
function send(page: string, label: string, price?: string) {
  const { action, fields } = formOf(page, label);
  return ask(action, { ...fields, ...(price !== undefined && { price }) });
}

const CUSTOM_OIL = 'Custom price of Olive oil';
const REMOVE_OIL = 'Remove the custom price of Olive oil';
const NOT_A_PRICE = 'Price must be a number like 12.50.';
const member = () => as(company, 'MEMBER');
const own = async () =>
  Object.fromEntries(
    (await getCustomerPrices(member(), customer, {})).page.rows.map(({ name, ownCents }) => [
      name,
      ownCents,
    ]),
  );
const setBySomebodyElse = (product: Id<'product'>, price: number, seen: number | null) =>
  setPrice(as(company, 'OWNER'), customer, product, { price, seen });

/** Sixty products with a price of their own, all of them before the oil. */
async function manyPrices() {
  const items = Array.from({ length: 60 }, (_, n) => ({
    name: `Item ${String(n).padStart(2, '0')}`,
    sku: `I${n}`,
  }));
  await productsFor(company, items);
  const list = items.map(({ sku }) => `${sku},7`).join('\n');
  await importPrices(member(), customer, new TextEncoder().encode(list));
}

describe('the page of a customer’s prices', () => {
  it('adds a price, changes it and takes it away, and the buyer pays it at once', async () => {
    const catalog = async () => (await buyer(`/store/${company.slug}/catalog?q=oil`)).text;
    const found = await ask(`${prices}?add=oil`);
    expect(found).toMatchObject({ status: 200, roundTrips: 1 });
    expect(formOf(found.text, CUSTOM_OIL).fields).toMatchObject({ price: '42.50' });
    const added = await send(found.text, CUSTOM_OIL, '36.13');
    expect(added).toMatchObject({ status: 303, location: `${prices}?add=oil`, roundTrips: 1 });
    expect(added.flash).toContain('The price is saved.');
    const shown = await ask(`${prices}?add=oil`);
    expect(shown.text).toContain('No product without a custom price matches.');
    expect(shown.text).toContain('-15.0%');
    expect(await catalog()).toContain('$36.13');

    const changed = await send(shown.text, CUSTOM_OIL, '40');
    expect(changed).toMatchObject({ status: 303, location: `${prices}?add=oil`, roundTrips: 1 });
    expect(await catalog()).toContain('$40.00');
    const again = await ask(prices);
    expect(formOf(again.text, CUSTOM_OIL).fields).toMatchObject({ price: '40.00', seen: '4000' });
    expect((await send(again.text, CUSTOM_OIL)).flash).toContain('No change.');

    const removed = await send(again.text, REMOVE_OIL);
    expect(removed).toMatchObject({ status: 303, location: prices, roundTrips: 1 });
    expect((await ask(prices)).text).toContain('No custom prices');
    expect(await catalog()).toContain('$42.50');
    expect((await send(again.text, REMOVE_OIL)).flash).toContain('no custom price any more');
  });

  it('leads back to the same view, with its search, its page and what could be added', async () => {
    await manyPrices();
    await setBySomebodyElse(oil, 4000, null);
    const first = await ask(`${prices}?add=salt`);
    expect(first.text).toContain('50 of 61 custom prices');
    const second = hrefOf(first.text, 'Next') ?? '';
    expect(second).toContain('add=salt');
    const page = await ask(second);
    expect(page.text).toContain(CUSTOM_OIL);
    for (const [label, price] of [
      ['Custom price of Item 55', '8'],
      ['Remove the custom price of Item 56'],
      ['Custom price of Salt', '1'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one form after another
      expect((await send(page.text, label, price)).location, label).toBe(second);
    }
    expect(await own()).not.toHaveProperty('Item 56');
    expect(formOf(page.text, 'Find a product to price').fields).toEqual({
      add: 'salt',
      after: new URL(second, 'http://x').searchParams.get('after'),
    });
    expect(formOf(page.text, 'Search custom prices by product').fields).toEqual({
      q: '',
      add: 'salt',
    });
    const before = await ask(hrefOf(page.text, 'Previous') ?? '');
    expect(before.text).toContain('Custom price of Item 00');
    expect(before.text).not.toContain('>Previous</a>');
    const found = await ask(`${prices}?q=item+5&add=nothing`);
    const saved = await send(found.text, 'Custom price of Item 58', '9');
    expect(saved.location).toBe(`${prices}?q=item+5&add=nothing`);
  });

  it('leads to the first page from one that is empty by now', async () => {
    await manyPrices();
    const last = (await getCustomerPrices(member(), customer, { search: 'item 59' })).page.last;
    const gone = await ask(`${prices}?q=item&add=oil&after=${last}`);
    expect(gone.text).toContain('No custom prices on this page any more');
    expect(hrefOf(gone.text, 'Go to the first page')).toBe(`${prices}?q=item&add=oil`);
  });

  it('says at the field what is wrong, with what was typed, in the same view', async () => {
    await setBySomebodyElse(oil, 4000, null);
    const view = `${prices}?q=OIL&add=salt`;
    const opened = await ask(view);
    for (const label of [CUSTOM_OIL, 'Custom price of Salt']) {
      // oxlint-disable-next-line no-await-in-loop -- one form after another
      const wrong = await send(opened.text, label, 'x');
      expect(wrong, label).toMatchObject({ status: 422, roundTrips: 1 });
      const again = formOf(wrong.text, label);
      expect(again).toEqual({
        action: formOf(opened.text, label).action,
        fields: { ...formOf(opened.text, label).fields, price: 'x' },
      });
      expect(markupOf(wrong.text, label)).toContain(NOT_A_PRICE);
      expect(wrong.text).toContain('value="OIL"');
      expect(wrong.text).toContain('value="salt"');
    }
    // Who is told of a typing error has still seen what they had seen.
    const wrong = await send(opened.text, CUSTOM_OIL, '');
    await setBySomebodyElse(oil, 3900, 4000);
    const late = await send(wrong.text, CUSTOM_OIL, '38');
    expect(late.status).toBe(409);
    expect(late.text).toContain('Someone else set this price to $39.00');
    const saved = await send(late.text, CUSTOM_OIL);
    expect(saved.location).toBe(`${prices}?q=OIL&add=salt`);
    expect(await own()).toEqual({ 'Olive oil': 3800 });
  });

  it('shows a price that somebody else was quicker with, whatever has become of it', async () => {
    await manyPrices();
    const view = `${prices}?add=oil`;
    const adding = await ask(view);
    await setBySomebodyElse(oil, 4000, null);
    const late = await send(adding.text, CUSTOM_OIL, '36.13');
    expect(late).toMatchObject({ status: 409, roundTrips: 2 });
    expect(late.text).toContain('Someone else set this price to $40.00');
    expect(formOf(late.text, CUSTOM_OIL)).toMatchObject({
      action: formOf(adding.text, CUSTOM_OIL).action,
      fields: { seen: '4000', price: '36.13' },
    });
    await removePrice(as(company, 'OWNER'), customer, oil);
    const later = await send(late.text, CUSTOM_OIL);
    expect(later.status).toBe(409);
    expect(later.text).toContain('Someone else removed this price');
    const saved = await send(later.text, CUSTOM_OIL);
    expect(saved).toMatchObject({ status: 303, location: view });
    expect(await own()).toMatchObject({ 'Item 00': 700 });
    expect((await ask(`${prices}?q=oil`)).text).toContain('value="36.13"');
    const gone = await ask(`${prices}/${newId('product')}`, { price: '', seen: '' });
    expect(gone.status).toBe(404);
  });

  it('keeps the view beside a list of prices', async () => {
    const list = formOf((await ask(`${prices}?add=salt`)).text, 'SKU and price').action;
    const wrong = await ask(list, { list: 'NONE\t1' });
    expect(wrong).toMatchObject({ status: 422, roundTrips: 2 });
    expect(wrong.text).toContain('No product has the SKU &quot;NONE&quot;.');
    expect(formOf(wrong.text, 'SKU and price').action).toBe(list);
    const taken = await ask(list, { list: 'OIL\t40' });
    expect(taken).toMatchObject({ status: 303, location: `${prices}?add=salt` });
    expect(await own()).toEqual({ 'Olive oil': 4000 });
  });
});

describe('the prices in a customer’s profile', () => {
  it('are changed and removed there', async () => {
    await setBySomebodyElse(oil, 4000, null);
    const opened = await ask(profile);
    const saved = await send(opened.text, CUSTOM_OIL, '41');
    expect(saved).toMatchObject({ status: 303, location: profile, roundTrips: 1 });
    expect(await own()).toEqual({ 'Olive oil': 4100 });
    const removed = await send(opened.text, REMOVE_OIL);
    expect(removed).toMatchObject({ status: 303, location: profile });
    expect(await own()).toEqual({});
  });

  it('are refused there, and with all others when they are not there any more', async () => {
    await setBySomebodyElse(oil, 4000, null);
    await setBySomebodyElse(salt, 80, null);
    const opened = await ask(profile);
    const wrong = await send(opened.text, CUSTOM_OIL, 'much');
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(markupOf(wrong.text, CUSTOM_OIL)).toContain(NOT_A_PRICE);
    expect(wrong.text).toContain('Shipping addresses');
    expect(formOf(wrong.text, CUSTOM_OIL)).toEqual({
      action: formOf(opened.text, CUSTOM_OIL).action,
      fields: { seen: '4000', price: 'much', 'price-currency': 'USD' },
    });
    await setBySomebodyElse(oil, 3900, 4000);
    const late = await send(opened.text, CUSTOM_OIL, '41');
    expect(late).toMatchObject({ status: 409, roundTrips: 2 });
    expect(late.text).toContain('Someone else set this price to $39.00');
    expect(formOf(late.text, CUSTOM_OIL).fields).toMatchObject({ seen: '3900', price: '41' });
    await removePrice(as(company, 'OWNER'), customer, oil);
    const gone = await send(late.text, CUSTOM_OIL);
    expect(gone).toMatchObject({ status: 409, roundTrips: 3 });
    expect(gone.text).toContain('Find a product to price');
    expect(formOf(gone.text, CUSTOM_OIL).fields).toMatchObject({ seen: '', price: '41' });
    expect((await send(gone.text, CUSTOM_OIL)).location).toBe(prices);
    expect(await own()).toEqual({ 'Olive oil': 4100, Salt: 80 });
  });
});
