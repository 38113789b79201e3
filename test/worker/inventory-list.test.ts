import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { listAuditEntries } from '#src/audit/queries.ts';
import { createProduct } from '#src/catalog/create-product.ts';
import { getProduct } from '#src/catalog/queries.ts';
import type { Ctx } from '#src/context.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { server, staffCookie } from '../server.ts';
import { type Ask, browserOf, browserWith, hrefOf, valueOf } from '../staff.ts';

const LIST = '/dashboard/inventory';

let company: CompanyFixture;
let ctx: Ctx;
let ask: Ask;

beforeAll(async () => {
  company = await freshCompany();
  ctx = as(company, 'OWNER');
  ask = await browserOf(company, 'MEMBER');
});

const flour = (more: object = {}) =>
  createProduct(ctx, { name: 'Flour', price: 12.5, stock: 40, ...more });

/** The names in the list, in order. */
function namesIn(page: string): string[] {
  const body = page.slice(page.indexOf('<tbody'), page.indexOf('</tbody>'));
  return [...body.matchAll(/class="row-link"[^>]*>(.*?)<\/a>/gs)].map(([, link = '']) =>
    link.replaceAll(/<span[^>]*aria-hidden.*?<\/span>/gs, '').replaceAll(/<[^>]*>/g, ''),
  );
}

/** As htmx asks for one row. */
async function askRow(row: string, path: string, fields?: Record<string, string>) {
  const response = await server.fetch(path, {
    redirect: 'manual',
    headers: {
      Cookie: await staffCookie(company, 'MEMBER'),
      'Sec-Fetch-Site': 'same-origin',
      'HX-Request': 'true',
      'HX-Target': `tr#${row}`,
      ...(fields && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields).toString() }),
  });
  return { status: response.status, text: await response.text() };
}

describe('the list', () => {
  it('explains how the first product comes in while it is empty', async () => {
    const page = await (await browserOf(await freshCompany(), 'MEMBER'))(LIST);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain('No products yet');
    expect(hrefOf(page.text, 'Add your first product')).toBe(`${LIST}/new`);
    expect(hrefOf(page.text, 'Import CSV')).toBe(`${LIST}/import`);
    expect(page.text).not.toContain('Export CSV');
  });

  it('keeps all of its state in the address', async () => {
    const many = await freshCompany();
    await productsFor(
      many,
      Array.from({ length: 60 }, (_, n) => ({
        name: `Widget ${String(n).padStart(2, '0')}`,
        category: n % 2 ? 'Odd & even' : 'Even',
        stock: n,
        priceCents: 1000 - n,
        active: n % 10 !== 0,
      })),
    );
    const here = await browserOf(many, 'MEMBER');
    const pages = [await here(LIST)];
    for (let next; (next = hrefOf(pages.at(-1)?.text ?? '', 'Next'));) pages.push(await here(next));
    expect(pages.map(({ roundTrips }) => roundTrips)).toEqual([1, 1, 1]);
    const names = pages.flatMap(({ text }) => namesIn(text));
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(60);
    expect(pages[0]?.text).toContain('25 of 60 products');
    const filtered = await here(
      `${LIST}?q=WIDGET&category=Odd+%26+even&active=true&stock=low&sort=-price`,
    );
    expect(namesIn(filtered.text)).toEqual(['Widget 01', 'Widget 03', 'Widget 05']);
    expect(hrefOf(filtered.text, 'Export CSV')).toBe(
      `${LIST}/export?q=WIDGET&category=Odd+%26+even&active=true&stock=low&sort=-price`,
    );
    expect(hrefOf(filtered.text, 'Name')).toContain('&stock=low');
    const nothing = await here(`${LIST}?q=%3Cb%3E&sort=stock&category=x%00`);
    expect(nothing).toMatchObject({ status: 200, roundTrips: 1 });
    expect(nothing.text).toContain('“&lt;b&gt;”');
    expect(hrefOf(nothing.text, 'Clear filters')).toBe(`${LIST}?sort=stock`);
    for (const odd of ['sort=x&after=x', 'before=%00', 'active=1&stock=1', 'edit=x&field=stock']) {
      expect(namesIn((await here(`${LIST}?${odd}`)).text)).toEqual(names.slice(0, 25));
    }
  });

  it('says in a badge what is out of stock and low, and by a switch what is active', async () => {
    const one = await freshCompany();
    await productsFor(one, [
      { name: 'None', stock: 0 },
      { name: 'Few', stock: 5 },
      { name: 'Enough', stock: 6, active: false },
      { name: 'Never low', stock: 1, lowStockThreshold: 0 },
    ]);
    const here = await browserOf(one, 'MEMBER');
    const badges = async (name: string) => {
      const { text } = await here(`${LIST}?q=${encodeURIComponent(name)}`);
      const found = [...text.matchAll(/class="badge[^>]*>([^<]*)</g)].map(([, badge]) => badge);
      return [/aria-checked="(\w+)"/.exec(text)?.[1], ...found];
    };
    expect(await badges('None')).toEqual(['true', 'Out of stock']);
    expect(await badges('Few')).toEqual(['true', 'Low']);
    expect(await badges('Enough')).toEqual(['false']);
    expect(await badges('Never low')).toEqual(['true']);
  });

  it('asks strangers to log in', async () => {
    const { id } = await flour();
    for (const path of [LIST, `${LIST}/new`, `${LIST}/${id}/edit`]) {
      const { status, location } = await browserWith('')(path);
      expect({ status, location }).toEqual({
        status: 303,
        location: `/login?next=${encodeURIComponent(path)}`,
      });
    }
    for (const path of [`${LIST}/bulk`, `${LIST}/${id}/stock`, `${LIST}/${id}/delete`]) {
      const answer = await browserWith('')(path, {
        ids: id,
        action: 'deactivate',
        stock: '1',
        seen: '40',
      });
      expect(answer.status).toBe(401);
    }
    expect(await getProduct(ctx, id)).toMatchObject({ stock: 40, active: true });
  });
});

describe('an edit in the list', () => {
  it('works without a script, and leads back to the page it came from', async () => {
    const { id } = await flour({ name: 'Inline one' });
    const query = 'q=inline&sort=stock';
    const list = await ask(`${LIST}?${query}`);
    const link = hrefOf(list.text, '40') ?? '';
    expect(link).toBe(`${LIST}?${query}&edit=${id}&field=stock`);
    const opened = await ask(link);
    expect(opened.roundTrips).toBe(1);
    expect(valueOf(opened.text, 'seen')).toBe('40');
    const saved = await ask(`${LIST}/${id}/stock?${query}`, { stock: ' 38 ', seen: '40' });
    expect(saved).toMatchObject({ status: 303, location: `${LIST}?${query}`, roundTrips: 1 });
    expect(saved.flash).toContain('Stock of Inline one: 38.');
    const priced = await ask(`${LIST}/${id}/price?${query}`, { price: '13.5', seen: '1250' });
    expect(priced.flash).toContain('Price of Inline one: $13.50.');
    expect(await getProduct(ctx, id)).toMatchObject({ stock: 38, priceCents: 1350 });
  });

  it('says at the field what is wrong, and keeps what was typed', async () => {
    const { id } = await flour({ name: 'Inline two' });
    const wrong = await ask(`${LIST}/${id}/stock?q=inline+two`, { stock: '-1"', seen: '40' });
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(wrong.text).toContain('Stock must be a whole number from 0 to 1,000,000,000.');
    expect(valueOf(wrong.text, 'stock')).toBe('-1&quot;');
    const price = await ask(`${LIST}/${id}/price`, {});
    expect(price).toMatchObject({ status: 422 });
    expect(await getProduct(ctx, id)).toMatchObject({ version: 1, stock: 40 });
  });

  it('tells of an order that was faster, and saves when asked again', async () => {
    const { id } = await flour({ name: 'Inline three' });
    await placeOrder(ctx, { id: newId('order'), lines: [{ productId: id, quantity: 3 }] });
    const late = await ask(`${LIST}/${id}/stock?q=inline+three`, { stock: '12', seen: '40' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('It is 37 now');
    expect([valueOf(late.text, 'stock'), valueOf(late.text, 'seen')]).toEqual(['12', '37']);
    expect((await getProduct(ctx, id)).stock).toBe(37);
    await ask(`${LIST}/${id}/stock`, { stock: '12', seen: '37' });
    expect((await getProduct(ctx, id)).stock).toBe(12);
  });

  it('gives htmx the row alone, whatever comes of it', async () => {
    const { id } = await flour({ name: 'Inline four' });
    await flour({ name: 'Inline five' });
    const opened = await askRow(id, `${LIST}?edit=${id}&field=price`);
    expect(namesIn(opened.text)).toEqual(['Inline four']);
    expect(opened.text).not.toContain('<html');
    expect(valueOf(opened.text, 'price')).toBe('12.50');
    expect(opened.text).toContain('autofocus');
    const wrong = await askRow(id, `${LIST}/${id}/price`, { price: 'x', seen: '1250' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Price must be a number like 12.50.');
    const late = await askRow(id, `${LIST}/${id}/price`, { price: '1', seen: '1' });
    expect(late.status).toBe(409);
    expect(namesIn(late.text)).toEqual(['Inline four']);
    const saved = await askRow(id, `${LIST}/${id}/price`, { price: '1', seen: '1250' });
    expect(saved.status).toBe(200);
    expect(saved.text).toContain('$1.00');
    expect(saved.text).not.toContain('inline-form');
    // What undoes it: the former price, for as long as this one stands.
    const undo = saved.text.slice(saved.text.indexOf('id="row-status"'));
    expect(undo).toContain('Price saved. Price of Inline four: $1.00.');
    expect([valueOf(undo, 'price'), valueOf(undo, 'seen')]).toEqual(['12.50', '100']);
    const same = await askRow(id, `${LIST}/${id}/price`, { price: '1', seen: '100' });
    expect(same.text).toContain('No change.');
    expect(same.text).not.toContain('Undo');
    expect((await askRow(newId('product'), LIST)).status).toBe(404);
  });
});

describe('the switch of a row', () => {
  it('shows a product in the storefront or hides it, and the log says so', async () => {
    const { id } = await flour({ name: 'Switched' });
    const off = await ask(`${LIST}/${id}/active?q=switched`, { active: 'false' });
    expect(off).toMatchObject({ status: 303, location: `${LIST}?q=switched`, roundTrips: 1 });
    expect(off.flash).toContain('Switched is inactive.');
    // A page that is out of date asks for what is so already.
    await ask(`${LIST}/${id}/active`, { active: 'false' });
    const { rows } = await listAuditEntries(ctx, { entity: id }, { limit: 10 });
    expect(rows.map(({ action, details }) => ({ action, active: details['active'] }))).toEqual([
      { action: 'ProductUpdated', active: { from: true, to: false } },
      { action: 'ProductCreated', active: { from: null, to: true } },
    ]);
    const on = await askRow(id, `${LIST}/${id}/active`, { active: 'true' });
    expect(on.text).toContain('aria-checked="true"');
    expect(on.text).toContain('Switched is active.');
    const stranger = await browserOf(await freshCompany(), 'OWNER');
    expect((await stranger(`${LIST}/${id}/active`, { active: 'false' })).status).toBe(404);
    expect(await getProduct(ctx, id)).toMatchObject({ active: true });
  });
});

describe('the bulk actions', () => {
  it('change all that are ticked', async () => {
    const ids = await Promise.all(
      ['Bulk a', 'Bulk b'].map(async (name) => (await flour({ name })).id),
    );
    const form = await bulk(ids, { action: 'category', value: ' Bulk ' }, '?q=bulk');
    expect(form).toMatchObject({ status: 303, location: `${LIST}?q=bulk`, roundTrips: 1 });
    expect(form.flash).toContain('2 products changed.');
    await bulk(ids, { action: 'deactivate' });
    await bulk(ids, { action: 'take', value: '40' });
    for (const id of ids) {
      const product = await getProduct(ctx, id);
      expect(product).toMatchObject({ category: 'Bulk', active: false, stock: 0 });
    }
    const refused = await bulk(ids, { action: 'take', value: '1' }, '?q=bulk');
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('would fall below 0: Bulk a (0), Bulk b (0).');
    expect(refused.text.match(/ checked/g)).toHaveLength(2);
  });

  it('say what is missing, and keep what was chosen', async () => {
    const { id } = await flour({ name: 'Bulk c' });
    const messages: Record<string, [Id<'product'>[], Record<string, string>]> = {
      'Select at least one product.': [[], { action: 'activate' }],
      'Choose an action.': [[id], { action: '' }],
      'Number of units is required.': [[id], { action: 'add', value: '' }],
    };
    for (const [message, [ids, fields]] of Object.entries(messages)) {
      const answer = await bulk(ids, fields, '?q=bulk+c');
      expect(answer).toMatchObject({ status: 422, roundTrips: 1 });
      expect(answer.text).toContain(message);
    }
  });

  async function bulk(ids: Id<'product'>[], fields: Record<string, string>, query = '') {
    const body = new URLSearchParams(fields);
    for (const id of ids) body.append('ids', id);
    return ask(`${LIST}/bulk${query}`, body);
  }
});
