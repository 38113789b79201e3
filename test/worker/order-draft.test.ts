import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { deleteProduct } from '#src/catalog/delete-product.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { everythingOf } from '../company-rows.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { type Ask, browserOf, valueOf } from '../staff.ts';

const PATH = '/dashboard/orders/new';
const CHANGED = 'This order was changed in another tab.';
const UNFINISHED = /Your unfinished order from \d\d:\d\d\./;

let company: CompanyFixture;
let ask: Ask;
let flour: Id<'product'>;
let salt: Id<'product'>;

beforeEach(async () => {
  company = await freshCompany();
  ask = await browserOf(company, 'MEMBER');
  [flour = 'prd_', salt = 'prd_'] = await productsFor(company, [
    { name: 'Flour', priceCents: 1250, stock: 6, unit: 'case' },
    { name: 'Sea salt', priceCents: 500, stock: 0 },
  ]);
});

/** What the form of this page sends. */
function sent(page: string, changes: Record<string, string> = {}): URLSearchParams {
  const form = page.slice(page.indexOf('id="new-order"'), page.indexOf('</main>'));
  const fields = new URLSearchParams();
  const inputs = form.slice(0, form.indexOf('</form>')).matchAll(/<input\b[^>]*>/g);
  for (const [tag] of inputs) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    fields.append(of('name'), of('value').replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
  }
  fields.set('notes', /name="notes"[^>]*>([^<]*)</.exec(form)?.[1] ?? '');
  for (const [name, value] of Object.entries(changes)) fields.set(name, value);
  return fields;
}

const draftsOf = async (whose: CompanyFixture) => (await everythingOf(whose))['order_drafts'];

describe('an order that is being typed', () => {
  it('is what its form sent last, though an earlier save arrives after that', async () => {
    const { text } = await ask(PATH);
    const save = (notes: string, change: string) => ask(PATH, sent(text, { notes, change }));
    await save('Ring', '1');
    await save('Ring twice', '2');
    expect((await save('Ring', '1')).status).toBe(200);
    expect((await ask(PATH)).text).toContain('>Ring twice</textarea>');
  });

  it('is there again after its page was left, at today’s prices and stock', async () => {
    const { id } = await createCustomer(as(company, 'OWNER'), { email: 'bella@one.test' });
    const first = await ask(PATH);
    expect(first.text).not.toMatch(UNFINISHED);
    const typed = { poNumber: 'PO <9>', notes: 'Ring twice', pickCustomer: id };
    const picked = await ask(PATH, sent(first.text, typed));
    const added = await ask(PATH, sent(picked.text, { addProduct: flour }));
    const both = await ask(PATH, sent(added.text, { addProduct: salt }));
    expect(both).toMatchObject({ status: 200, roundTrips: 1 });
    const quantities = sent(both.text);
    quantities.delete('quantity');
    quantities.append('quantity', 'a dozen');
    quantities.append('quantity', '2');
    await ask(PATH, quantities);
    await updateProduct(as(company, 'OWNER'), flour, { price: 13, name: 'Flour 00' }, {});
    await deleteProduct(as(company, 'OWNER'), salt);

    const again = await ask(PATH);
    expect(again).toMatchObject({ status: 200, roundTrips: 1 });
    expect(again.text).toMatch(UNFINISHED);
    expect(valueOf(again.text, 'poNumber')).toBe('PO &lt;9&gt;');
    expect(again.text).toContain('Ring twice</textarea>');
    expect(again.text).toContain('bella@one.test');
    expect(again.text).toContain('value="a dozen"');
    expect(again.text).toContain('Flour 00');
    expect(again.text).toContain('$13.00 / case · 6 in stock · was $12.50');
    expect(again.text).toContain('No longer available');
  });

  it('marks a line that asks for more than there is before it is placed', async () => {
    const one = await ask(PATH, sent((await ask(PATH)).text, { addProduct: flour }));
    expect(one.text).toContain('$12.50 / case · 6 in stock');
    const many = await ask(PATH, sent(one.text, { quantity: '7' }));
    expect(many.text).toMatch(/short-stock">Only 6 in stock</);
    const none = await ask(PATH, sent(many.text, { addProduct: salt }));
    expect(none.text).toMatch(/short-stock">Out of stock</);
  });

  it('keeps both when two tabs type it, until one is chosen', async () => {
    const start = await ask(PATH, sent((await ask(PATH)).text, { notes: 'first' }));
    const [left, right] = [(await ask(PATH)).text, (await ask(PATH)).text];
    expect((await ask(PATH, sent(left, { notes: 'left' }))).status).toBe(200);
    const refused = await ask(PATH, sent(right, { notes: 'right' }));
    expect(refused).toMatchObject({ status: 409, roundTrips: 1 });
    expect(refused.text).toContain(CHANGED);
    expect(refused.text).toContain('right</textarea>');
    expect((await ask(PATH)).text).toContain('left</textarea>');
    // The oldest tab places nothing, either.
    const placing = sent(start.text, { productId: flour, quantity: '1', placeOrder: 'on' });
    const notPlaced = await ask(PATH, placing);
    expect(notPlaced.status).toBe(409);
    expect(notPlaced.text).toContain(CHANGED);
    expect((await ask(PATH, sent(refused.text))).text).not.toContain(CHANGED);
    expect((await ask(PATH)).text).toContain('right</textarea>');
  });

  it('is saved again by the same form when an answer was lost', async () => {
    const page = (await ask(PATH)).text;
    await ask(PATH, sent(page, { notes: 'one' }));
    const again = await ask(PATH, sent(page, { notes: 'one, two' }));
    expect(again.status).toBe(200);
    expect((await ask(PATH)).text).toContain('one, two</textarea>');
  });

  it('is deleted with its placing, stays when the order is refused, and does not come back', async () => {
    const one = await ask(PATH, sent((await ask(PATH)).text, { addProduct: flour }));
    const short = await ask(PATH, sent(one.text, { quantity: '7', placeOrder: 'on' }));
    expect(short.status).toBe(409);
    expect(short.text).toContain('Order not placed. Fix the highlighted lines.');
    expect((await ask(PATH)).text).toContain('value="7"');
    const placing = sent(short.text, { quantity: '6', placeOrder: 'on' });
    const placed = await ask(PATH, placing);
    expect(placed).toMatchObject({ status: 303, roundTrips: 1 });
    expect(await draftsOf(company)).toEqual([]);
    expect(await ask(PATH, placing)).toMatchObject({ status: 303, location: placed.location });
    // A save that was on its way arrives late.
    placing.delete('placeOrder');
    const late = await ask(PATH, placing);
    expect(late.status).toBe(409);
    expect(late.text).toContain('This order was placed in another tab.');
    expect(await draftsOf(company)).toEqual([]);
    // What was typed there becomes another order.
    expect((await ask(PATH, sent(late.text))).status).toBe(200);
    expect(await draftsOf(company)).toHaveLength(1);
  });

  it('is discarded on demand, also for another customer', async () => {
    const { id } = await createCustomer(as(company, 'OWNER'), { email: 'bella@one.test' });
    const empty = await ask(`${PATH}?customer=${id}`);
    expect(valueOf(empty.text, 'customerId')).toBe(id);
    await ask(PATH, sent((await ask(PATH)).text, { notes: 'half' }));
    const kept = await ask(`${PATH}?customer=${id}`);
    expect(kept.text).toContain('half</textarea>');
    expect(valueOf(kept.text, 'customerId')).toBe('');
    expect(kept.text).toContain('Start a new order for bella@one.test');
    const other = await ask(`${PATH}/discard`, { customer: id });
    expect(other).toMatchObject({
      status: 303,
      location: `${PATH}?customer=${id}`,
      roundTrips: 1,
    });
    const fresh = await ask(PATH);
    expect(fresh.text).not.toMatch(UNFINISHED);
    // A tab that still shows the discarded order is asked.
    expect((await ask(PATH, sent(kept.text, { notes: 'stale' }))).text).toContain(CHANGED);
    expect(await draftsOf(company)).toEqual([]);
  });

  it('belongs to one person at one company', async () => {
    const page = await ask(PATH, sent((await ask(PATH)).text, { notes: 'mine alone' }));
    const colleague = await browserOf(company, 'ADMIN');
    expect((await colleague(PATH)).text).not.toContain('mine alone');
    const stranger = await browserOf(await freshCompany(), 'MEMBER');
    expect((await stranger(PATH)).text).not.toContain('mine alone');
    // Another person who sends this form saves nothing of it here.
    const forged = sent(page.text, { notes: 'theirs' });
    expect((await colleague(PATH, forged)).text).toContain(CHANGED);
    expect((await stranger(PATH, forged)).text).toContain(CHANGED);
    await colleague(`${PATH}/discard`, {});
    expect((await ask(PATH)).text).toContain('mine alone');
  });

  it('keeps as much of any text as its row holds', async () => {
    const page = (await ask(PATH)).text;
    const long = await ask(PATH, sent(page, { notes: '\u0001'.repeat(38_000), poNumber: '\0' }));
    expect(long.status).toBe(200);
    expect(await draftsOf(company)).toHaveLength(1);
  });
});
