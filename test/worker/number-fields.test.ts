import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { setPrice } from '#src/prices/set-price.ts';
import { as, freshCompany } from '../context.ts';
import {
  moneySpellings,
  percentSpellings,
  type Spelling,
  wholeSpellings,
} from '../number-spellings.ts';
import { productsFor } from '../products.ts';
import { type Ask, browserOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';

/** Components and attributes that make a field with a keyboard of figures. */
const NUMERIC =
  /type(?:=|: )["'](?:money|number)["']|inputmode=|<InlineForm|<InlineEditor|Stepper\(|<Stepper|<QuantityInput|<FilterAmount/;

/** Every file that has such a field, and where it is tried out. */
const SOURCES: Record<string, string> = {
  'assets/islands/order-pad/pad-entry.tsx': 'the quick order reads what the pad sends',
  'assets/islands/order-pad/pad-rows.tsx': 'the quick order reads what the pad sends',
  'dashboard/customers/edit-form.tsx': 'customer',
  'dashboard/customers/prices/add-prices.tsx': 'new custom price',
  'dashboard/customers/prices/price-table.tsx': 'custom price',
  'dashboard/inventory/product-fields.tsx': 'new product, product',
  'dashboard/inventory/products-table.tsx': 'price in the list, stock in the list',
  'dashboard/orders/new-order-lines.tsx': 'src/orders/read-quantity.test.ts',
  'dashboard/orders/order-filters.tsx': 'orders',
  'dashboard/settings/company-fields.tsx': 'company',
  'storefront/cart/cart-line.tsx': 'cart',
  'storefront/catalog/buy-form.tsx': 'catalog',
  'storefront/quick-order/row-item.tsx': 'quick order',
};

const STOCK = 'must be a whole number from 0 to 1,000,000,000.';
const QUANTITY = 'Quantity must be a whole number from 0 to 99999.';

interface Place {
  /** The page that has the form. */
  path: () => string;
  /** What is sent to get there, where a link does not lead there. */
  post?: () => Record<string, string>;
  buyer?: boolean;
  fields: Record<string, Spelling[]>;
}

let product: string;
let customer: string;
let store: string;
let staff: Ask;
let buyer: StoreBrowser;

const PLACES: Record<string, Place> = {
  'new product': {
    path: () => '/dashboard/inventory/new',
    fields: {
      price: moneySpellings('Price'),
      stock: wholeSpellings(`Stock ${STOCK}`),
      lowStockThreshold: wholeSpellings(`Low-stock threshold ${STOCK}`),
    },
  },
  product: {
    path: () => `/dashboard/inventory/${product}/edit`,
    fields: {
      price: moneySpellings('Price'),
      stock: wholeSpellings(`Stock ${STOCK}`),
      lowStockThreshold: wholeSpellings(`Low-stock threshold ${STOCK}`),
    },
  },
  'price in the list': {
    path: () => `/dashboard/inventory?edit=${product}&field=price`,
    fields: { price: moneySpellings('Price') },
  },
  'stock in the list': {
    path: () => `/dashboard/inventory?edit=${product}&field=stock`,
    fields: { stock: wholeSpellings(`Stock ${STOCK}`) },
  },
  company: {
    path: () => '/dashboard/settings/company',
    fields: {
      taxRate: percentSpellings('Tax rate'),
      shipping: moneySpellings('Shipping rate'),
      freeShippingFrom: moneySpellings('Free shipping from'),
      lowStockThreshold: wholeSpellings(`Low-stock threshold ${STOCK}`),
    },
  },
  customer: {
    path: () => `/dashboard/customers/${customer}`,
    fields: {
      creditLimit: moneySpellings('Credit limit'),
      taxRate: percentSpellings('Tax rate'),
      price: moneySpellings('Price'),
    },
  },
  'custom price': {
    path: () => `/dashboard/customers/${customer}/prices`,
    fields: { price: moneySpellings('Price') },
  },
  'new custom price': {
    path: () => `/dashboard/customers/${customer}/prices?q=nothing&add=salt`,
    fields: { price: moneySpellings('Price') },
  },
  orders: {
    path: () => '/dashboard/orders',
    fields: { min: moneySpellings('Min total'), max: moneySpellings('Max total') },
  },
  catalog: {
    path: () => `${store}/catalog?q=flour`,
    buyer: true,
    fields: { quantity: wholeSpellings(QUANTITY) },
  },
  cart: {
    path: () => `${store}/cart`,
    buyer: true,
    fields: { quantity: wholeSpellings(QUANTITY) },
  },
  'quick order': {
    path: () => `${store}/quick-order`,
    post: () => ({ rows: 'FL-1 3' }),
    buyer: true,
    fields: { 'quantity-1': wholeSpellings('Enter a whole number (1–99,999).') },
  },
};

beforeAll(async () => {
  const company = await freshCompany();
  const [flour = 'prd_'] = await productsFor(company, [
    { name: 'Flour', sku: 'FL-1', priceCents: 500, stock: 90_000 },
    { name: 'Salt', sku: 'SA-1', priceCents: 500 },
  ]);
  product = flour;
  const owner = as(company, 'OWNER');
  const line = { productId: flour, quantity: 1 };
  await placeOrder(owner, { id: newId('order'), lines: [line] });
  const { id } = await createCustomer(owner, { email: someEmail() });
  const [own] = await productsFor(company, [{ name: 'Own', sku: 'OW-1', priceCents: 500 }]);
  await setPrice(owner, id, own ?? 'prd_', { price: 400, seen: null });
  customer = id;
  store = `/store/${company.slug}`;
  staff = await browserOf(company, 'OWNER');
  buyer = await registeredBrowser(company.slug, someEmail());
  await buyer(`${store}/cart/${product}`, { quantity: '3' });
});

const plain = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const attribute = (tag: string, name: string) =>
  plain(new RegExp(` ${name}="([^"]*)"`).exec(` ${tag}`)?.[1] ?? '');

interface PageForm {
  action: string;
  isPost: boolean;
  fields: Record<string, string>;
  numeric: string[];
}

/** The forms of a page, as a browser would send them. */
function formsOf(page: string): PageForm[] {
  const parts = page.split(/<form[\s>]/).slice(1);
  return parts.map((part) => {
    const form = part.slice(0, part.indexOf('</form>'));
    const fields: Record<string, string> = {};
    const numeric: string[] = [];
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
      const type = attribute(tag, 'type');
      const isOff = type === 'checkbox' && !/ checked/.test(tag);
      if (!isOff && type !== 'file') fields[attribute(tag, 'name')] = attribute(tag, 'value');
      if (/inputmode="/.test(tag)) numeric.push(attribute(tag, 'name'));
    }
    for (const [, name = '', body = ''] of form.matchAll(
      /<(?:textarea|select)\b[^>]* name="(\w+)"[^>]*>(.*?)<\/(?:textarea|select)>/gs,
    )) {
      fields[name] =
        /value="([^"]*)" selected/.exec(body)?.[1] ?? (body.startsWith('<') ? '' : plain(body));
    }
    const tag = form.slice(0, form.indexOf('>'));
    return { action: attribute(tag, 'action'), isPost: /method="post"/.test(tag), fields, numeric };
  });
}

async function open({ path, post, buyer: isBuyer }: Place) {
  const ask = isBuyer ? buyer : staff;
  return (await ask(path(), post?.())).text;
}

const formWith = (page: string, field: string) =>
  formsOf(page).find(({ numeric }) => numeric.includes(field));

describe('every field for a number', () => {
  it('is in a file that this test knows', () => {
    const files = globSync('functions/**/*.tsx', { cwd: process.cwd() });
    const found = files
      .filter((file) => !file.startsWith('functions/views/'))
      .filter((file) => NUMERIC.test(readFileSync(file, 'utf8')))
      .map((file) => file.replace('functions/', ''));
    expect(found.toSorted()).toEqual(Object.keys(SOURCES).toSorted());
  });

  it.each(Object.entries(PLACES))('of %s is tried out', async (_, place) => {
    const page = await open(place);
    const names = new Set(formsOf(page).flatMap(({ numeric }) => numeric));
    expect([...names].toSorted()).toEqual(Object.keys(place.fields).toSorted());
  });
});

const CASES = Object.entries(PLACES).flatMap(([name, place]) =>
  Object.entries(place.fields).map(([field, spellings]) => ({ name, field, place, spellings })),
);

describe.each(CASES)('$field of $name', ({ name, field, place, spellings }) => {
  const ask = (path: string, fields?: Record<string, string>) =>
    place.buyer ? buyer(path, fields) : staff(path, fields);

  /** Sends the form with this text in the field; the page that follows. */
  async function send(typed: string) {
    const form = formWith(await open(place), field);
    if (!form) throw new Error(`${name} has no field ${field}.`);
    const fields = { ...form.fields, [field]: typed };
    if (!form.isPost) return ask(`${form.action}?${new URLSearchParams(fields).toString()}`);
    const required = name === 'new product' ? { ...NEW, ...given(fields), [field]: typed } : fields;
    return ask(form.action, required);
  }

  it.each(spellings)('$typed', async ({ typed, ...expected }) => {
    const answer = await send(typed);
    if ('says' in expected) {
      const text = plain(answer.text);
      expect(text).toContain(expected.says);
      expect(formWith(answer.text, field)?.fields[field]).toBe(typed);
      return;
    }
    expect(answer.text).not.toMatch(/aria-invalid|not applied/);
    if (name === 'orders') return;
    const next = answer.status === 303 ? await shownNext(answer.location ?? '') : answer.text;
    expect(formWith(next, field)?.fields[field]).toBe(expected.shown);
  });

  /** A value of a list is shown in its editor, and a new price among the others, where it is opened again. */
  async function shownNext(location: string) {
    if (name === 'new custom price') {
      const { text } = await staff(`/dashboard/customers/${customer}/prices?q=salt`);
      const remove = formsOf(text).find(({ action }) => action.includes('/remove'));
      await staff(remove?.action ?? '', {});
      return text;
    }
    return name === 'new product' ? (await staff(location)).text : open(place);
  }
});

const NEW = { name: 'New', unit: 'each', price: '1', stock: '1' };
const given = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
