import { beforeAll, describe, expect, it } from 'vitest';
import { type CompanyFixture, enterCompany } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { addresses, priceOverrides } from '#db/schema/index.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { getOrderDetail } from '#src/orders/order-detail.ts';
import { getOrderList, orderView } from '#src/orders/order-list.ts';
import { as, context, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { type Ask, browserOf } from '../staff.ts';

const PATH = '/dashboard/orders/new';

let company: CompanyFixture;
let ask: Ask;
let flour: Id<'product'>;
let cheese: Id<'product'>;
let bella: Id<'customer'>;

beforeAll(async () => {
  company = await freshCompany();
  ask = await browserOf(company, 'MEMBER');
  [flour = 'prd_', cheese = 'prd_'] = await productsFor(company, [
    { name: 'Flour <00>', sku: 'FL-1', priceCents: 1250, stock: 10 },
    { name: 'Old cheese', priceCents: 500, stock: 3, active: false },
  ]);
  ({ id: bella } = await createCustomer(as(company, 'OWNER'), { email: 'bella@one.test' }));
  const { db } = context({ kind: 'nobody' });
  const owned = { companyId: company.id, customerId: bella };
  await db.batch([
    enterCompany(db, company.id),
    db.insert(priceOverrides).values({ ...owned, productId: flour, priceCents: 1000 }),
    db.insert(addresses).values(
      ['Dock', 'Bar'].map((label) => ({
        ...owned,
        id: newId('address'),
        label,
        line1: 'Main St 1',
        city: 'Springfield',
        isDefault: label === 'Bar',
      })),
    ),
  ]);
});

/** What a browser without a script sends of the page's form, with what is typed and the button that is pressed. */
function filledIn(page: string, typed: Record<string, string> = {}): URLSearchParams {
  const form = page.slice(page.indexOf('id="new-order"'), page.indexOf('</main>'));
  const fields = new URLSearchParams();
  const text = (html: string) =>
    html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    fields.append(of('name'), text(of('value')));
  }
  for (const [, name = '', body = ''] of form.matchAll(
    /<(?:textarea|select)\b[^>]* name="(\w+)"[^>]*>(.*?)<\/(?:textarea|select)>/gs,
  )) {
    const chosen = /value="([^"]*)" selected/.exec(body)?.[1];
    fields.append(name, chosen ?? (body.startsWith('<option') ? '' : text(body)));
  }
  for (const [name, value] of Object.entries(typed)) fields.set(name, value);
  return fields;
}

/** The page of a new draft, sent with these fields. */
async function begin(fields: Record<string, string>) {
  await ask(`${PATH}/discard`, {});
  return ask(PATH, filledIn((await ask(PATH)).text, fields));
}

const orders = async () =>
  (await getOrderList(as(company, 'OWNER'), orderView({}), 50)).page.rows.length;

describe('a new order', () => {
  it('is put together, priced and placed without a script', async () => {
    const start = await ask(PATH);
    expect(start).toMatchObject({ status: 200, roundTrips: 1 });
    const found = await ask(PATH, filledIn(start.text, { findCustomer: 'BELLA@' }));
    expect(found).toMatchObject({ status: 200, roundTrips: 1 });
    expect(found.text).toContain(`value="${bella}"`);
    const picked = await ask(PATH, filledIn(found.text, { pickCustomer: bella }));
    expect(picked.text).toMatch(/value="adr_\w+" selected[^>]*>Bar: /);
    const offered = await ask(PATH, filledIn(picked.text, { findProduct: 'fl-1' }));
    expect(offered.text).toContain('$10.00 / each');
    expect(offered.text).toContain('List price $12.50');
    expect(offered.text).not.toContain('Old cheese');
    const one = await ask(
      PATH,
      filledIn(offered.text, { addProduct: flour, notes: 'Ring "twice" <b>' }),
    );
    const two = await ask(PATH, filledIn(one.text, { addProduct: flour, findProduct: '' }));
    const three = await ask(PATH, filledIn(two.text, { addProduct: cheese }));
    expect(three).toMatchObject({ status: 200, roundTrips: 1 });
    expect(three.text).toContain('Inactive');
    expect(three.text).toContain('$25.00');
    const fields = filledIn(three.text, { placeOrder: 'on', poNumber: ' PO 9 ' });
    expect(fields.getAll('quantity')).toEqual(['2', '1']);
    const placed = await ask(PATH, fields);
    expect(placed).toMatchObject({ status: 303, roundTrips: 1 });
    const again = await ask(PATH, fields);
    expect(again).toMatchObject({ status: 303, location: placed.location });
    const id = placed.location?.split('/').at(-1) as Id<'order'>;
    expect(await getOrderDetail(as(company, 'OWNER'), id)).toMatchObject({
      order: {
        customerId: bella,
        source: 'DASHBOARD',
        totalCents: 2500,
        poNumber: 'PO 9',
        notes: 'Ring "twice" <b>',
        shippingAddress: { label: 'Bar' },
      },
      lines: [
        { name: 'Flour <00>', quantity: 2, unitPriceCents: 1000 },
        { name: 'Old cheese', quantity: 1 },
      ],
    });
    expect(await orders()).toBe(1);
  });

  it('says at each line what is wrong with it, and keeps what was typed', async () => {
    const before = await orders();
    const start = await begin({ addProduct: flour, poNumber: 'x'.repeat(51) });
    const both = await ask(PATH, filledIn(start.text, { addProduct: cheese }));
    const typed = (...quantities: string[]) => {
      const fields = filledIn(both.text, { placeOrder: 'on' });
      fields.delete('quantity');
      for (const quantity of quantities) fields.append('quantity', quantity);
      return fields;
    };
    const nonsense = await ask(PATH, typed('a dozen', '0'));
    expect(nonsense).toMatchObject({ status: 422, roundTrips: 1 });
    expect(nonsense.text).toContain('value="a dozen"');
    expect(nonsense.text.match(/Quantity must be a whole number/g)).toHaveLength(2);
    expect(nonsense.text).toContain('PO number must be at most 50 characters.');
    const short = typed('11', '4');
    short.set('poNumber', '');
    const refused = await ask(PATH, short);
    expect(refused).toMatchObject({ status: 409 });
    expect(refused.text).toContain('Only 2 in stock.');
    expect(refused.text).toContain('Only 8 in stock.');
    expect(refused.text).toContain('value="11"');
    expect(await orders()).toBe(before);
  });

  it('asks once when a price has changed, and lets go of a line', async () => {
    const start = await begin({ addProduct: flour });
    const cheaper = filledIn(start.text, { placeOrder: 'on', seenCents: '1200' });
    const asked = await ask(PATH, cheaper);
    expect(asked).toMatchObject({ status: 409 });
    expect(asked.text).toContain('Costs $12.50 now instead of $12.00.');
    const removed = await ask(PATH, filledIn(asked.text, { removeProduct: flour }));
    expect(removed.text).toContain('Search to add products.');
    const placed = await ask(PATH, filledIn(asked.text, { placeOrder: 'on' }));
    expect(placed).toMatchObject({ status: 303, roundTrips: 1 });
  });

  it('is not placed empty, for somebody blocked, or for what is not there', async () => {
    const before = await orders();
    const { id } = await createCustomer(as(company, 'OWNER'), { email: 'x@y.test' });
    const start = await ask(`${PATH}?customer=${id}`);
    expect(start.text).toContain('x@y.test');
    expect((await ask(PATH, filledIn(start.text, { placeOrder: 'on' }))).text).toContain(
      'An order needs at least one product.',
    );
    await updateCustomer(as(company, 'OWNER'), id, { status: 'BLOCKED' }, null);
    const one = await ask(PATH, filledIn(start.text, { addProduct: flour }));
    const blocked = await ask(PATH, filledIn(one.text, { placeOrder: 'on' }));
    expect(blocked).toMatchObject({ status: 422 });
    expect(blocked.text).toContain('This customer is blocked and cannot order.');
    const gone = { productId: newId('product'), quantity: '1', placeOrder: 'on' };
    const lost = await begin(gone);
    expect(lost).toMatchObject({ status: 409 });
    expect(lost.text).toContain('No longer available. Remove it.');
    // Of another company: neither its customer nor its product is anybody's business here.
    const other = await browserOf(await freshCompany(), 'OWNER');
    expect((await other(`${PATH}?customer=${id}`)).text).not.toContain('x@y.test');
    const theirs = { productId: flour, quantity: '1', customerId: id, placeOrder: 'on' };
    const stranger = await other(PATH, new URLSearchParams(theirs));
    expect(stranger.text).not.toContain('Flour');
    expect(await orders()).toBe(before);
  });

  it('goes on by itself where a script swaps the form', async () => {
    const page = await begin({ addProduct: flour });
    expect(page.text).toContain('hx-select="#new-order"');
  });

  it('takes whatever is sent', async () => {
    for (const fields of [
      '',
      'addProduct=x&removeProduct=y&pickCustomer=z&dropCustomer=&orderId=1',
      'productId=%00&quantity=&seenCents=-1',
      `productId=${flour}&productId=${flour}&quantity=99999&quantity=99999&placeOrder=on&notes=%00`,
      'findProduct=%00&findCustomer=%ED%A0%80',
      'findProduct=%25_%5C&findCustomer=%25_%5C',
      `customerId=${newId('customer')}&address=adr_x&addProduct=${cheese}&poNumber=a&poNumber=b`,
    ]) {
      await ask(`${PATH}/discard`, {});
      const { status } = await ask(PATH, new URLSearchParams(fields));
      expect([200, 422], fields).toContain(status);
    }
  });
});
