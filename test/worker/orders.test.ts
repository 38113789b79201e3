import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { getOrderDetail } from '#src/orders/order-detail.ts';
import { ORDER_STATUS_NAMES, ORDER_STATUSES } from '#src/orders/order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { type Ask, browserOf, hrefOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';

const LIST = '/dashboard/orders';

let company: CompanyFixture;
let ask: Ask;
let product: Id<'product'>;

beforeAll(async () => {
  company = await freshCompany({ timeZone: 'America/New_York' });
  ask = await browserOf(company, 'MEMBER');
  [product = 'prd_'] = await productsFor(company, [
    { name: 'Flour', priceCents: 250, stock: 9999 },
  ]);
});

async function place(extra: object = {}) {
  const input = { id: newId('order'), lines: [{ productId: product, quantity: 2 }], ...extra };
  const placed = await placeOrder(as(company, 'MEMBER'), input);
  if (!placed.ok) throw new Error('Not placed.');
  return placed;
}

const statusOf = async (id: Id<'order'>) =>
  (await getOrderDetail(as(company, 'OWNER'), id)).order.status;

const numbersIn = (page: string) => [...page.matchAll(/row-link"[^>]*>#(\d+)</g)].map(([, n]) => n);

describe('the list', () => {
  it('says so while nobody has ordered', async () => {
    const page = await (await browserOf(await freshCompany(), 'MEMBER'))(LIST);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain('No orders yet');
    expect(hrefOf(page.text, 'New order')).toBe(`${LIST}/new`);
  });

  it('keeps all of its state in the address', async () => {
    const { id } = await createCustomer(as(company, 'OWNER'), { email: 'b@c.test', name: '<i>B' });
    for (let n = 1; n <= 27; n += 1)
      await place({ customerId: id, poNumber: n === 3 ? 'PO <3>' : null });
    const first = await ask(`${LIST}?customer=${id}&min=1`);
    expect(first).toMatchObject({ status: 200, roundTrips: 1 });
    expect(numbersIn(first.text)).toHaveLength(25);
    expect(first.text).toContain('&lt;i&gt;B');
    expect(first.text).toContain('$5.00');
    expect(hrefOf(first.text, 'Total')).toBe(`${LIST}?customer=${id}&min=1&sort=-total`);
    const second = await ask(hrefOf(first.text, 'Next') ?? '');
    expect(numbersIn(second.text)).toHaveLength(2);
    const back = await ask(hrefOf(second.text, 'Previous') ?? '');
    expect(numbersIn(back.text)).toEqual(numbersIn(first.text));
    const one = await ask(`${LIST}?q=${encodeURIComponent('po <3>')}`);
    expect(numbersIn(one.text)).toHaveLength(1);
    expect(one.text).toContain('value="po &lt;3&gt;"');
    const nothing = await ask(`${LIST}?q=nothing&status=SHIPPED`);
    expect(nothing.text).toContain('No order matches');
    expect(hrefOf(nothing.text, 'Clear filters')).toBe(LIST);
    for (const query of ['q=%00', 'q=%ED%A0%80', 'status=x&from=x&min=x', 'after=x&sort=status']) {
      expect(await ask(`${LIST}?${query}`), query).toMatchObject({ status: 200, roundTrips: 1 });
    }
  });
});

describe('filters that are typed', () => {
  const min = (page: string) => /<input[^>]*name="min"[^>]*>/.exec(page)?.[0] ?? '';

  it.each(['$1,000', '1,000', 'USD 1000.00'])('apply a least total of %s', async (typed) => {
    const { id } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
    await place({ customerId: id });
    const page = await ask(`${LIST}?customer=${id}&min=${encodeURIComponent(typed)}`);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(numbersIn(page.text)).toEqual([]);
    expect(min(page.text)).toContain(`value="${typed}"`);
    expect(page.text).not.toContain('not applied');
  });

  it.each([
    ['abc', 1, 'Min total must be a number like 12.50.'],
    ['1.200', 1, 'Min total: Did you mean 1,200 or 1.20?'],
    ['€1000', 2, 'Min total must be in USD, not €.'],
  ])('say that %s is not applied, at the field and above the list', async (typed, trips, says) => {
    const { id } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
    await place({ customerId: id });
    const page = await ask(`${LIST}?customer=${id}&min=${encodeURIComponent(typed)}`);
    expect(page).toMatchObject({ status: 200, roundTrips: trips });
    expect(numbersIn(page.text)).toHaveLength(1);
    expect(min(page.text)).toContain(`value="${typed}"`);
    expect(min(page.text)).toContain('aria-invalid="true" aria-describedby="min-problem"');
    expect(page.text).toContain('A filter is not applied');
    expect(page.text).toContain(`<p id="min-problem">${says}`);
    expect(hrefOf(page.text, 'Total')).toContain(`min=${encodeURIComponent(typed)}`);
  });

  it('say so instead of an empty list where From is later than To', async () => {
    const { id } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
    await place({ customerId: id });
    const page = await ask(`${LIST}?customer=${id}&from=2026-03-02&to=2026-03-01`);
    expect(numbersIn(page.text)).toHaveLength(1);
    expect(page.text).toContain('<p id="from-problem">From is later than To.</p>');
  });

  it('lead to the log where its file would not be what was asked for', async () => {
    const owner = await browserOf(company, 'OWNER');
    const query = 'from=2026-03-02&to=2026-03-01';
    const log = await owner(`/dashboard/settings/audit?${query}`);
    expect(log.text).toContain('<p id="from-problem">From is later than To.</p>');
    const file = await owner(`/dashboard/settings/audit.csv?${query}`);
    expect(file).toMatchObject({ status: 303, location: `/dashboard/settings/audit?${query}` });
  });
});

describe("a customer's orders in the list", () => {
  it('are a link away, and so is the whole list again', async () => {
    const own = await freshCompany();
    const browse = await browserOf(own, 'MEMBER');
    const { id } = await createCustomer(as(own, 'OWNER'), {
      email: 'b@c.test',
      name: 'Bella & Co',
    });
    const [productId] = await productsFor(own, [{ name: 'Salt' }]);
    for (const customerId of [id, null]) {
      const lines = [{ productId, quantity: 1 }];
      await placeOrder(as(own, 'MEMBER'), { id: newId('order'), customerId, lines });
    }
    const all = await browse(`${LIST}?sort=total`);
    expect(numbersIn(all.text)).toHaveLength(2);
    expect(all.text).not.toContain('remove this filter');
    const narrowed = hrefOf(all.text, 'Bella &amp; Co');
    expect(narrowed).toBe(`${LIST}?customer=${id}&sort=total`);
    const theirs = await browse(narrowed ?? '');
    expect(theirs).toMatchObject({ status: 200, roundTrips: 1 });
    expect(numbersIn(theirs.text)).toEqual(['1001']);
    expect(hrefOf(theirs.text, 'Customer: Bella &amp; Co')).toBe(`${LIST}?sort=total`);
    const unknown = await browse(`${LIST}?customer=${newId('customer')}`);
    expect(unknown.text).toContain('Customer: unknown');
  });
});

describe('an order', () => {
  it('shows what was ordered, by whom, and where it can go', async () => {
    const { id, number } = await place({ notes: 'Ring\ntwice', poNumber: 'PO-1' });
    const page = await ask(`${LIST}/${id}`);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    for (const text of [`Order #${number}`, 'Flour', 'Ring\ntwice', 'PO-1', 'Mark as shipped'])
      expect(page.text).toContain(text);
    expect(page.text).toContain(id.slice(-8).toUpperCase());
    expect(page.text).toContain(`Cancel order #${number}?`);
    const invoice = await ask(hrefOf(page.text, 'Download invoice') ?? '');
    expect(invoice).toMatchObject({ status: 200, roundTrips: 1 });
    expect(invoice.headers.get('content-disposition')).toContain(
      `invoice-${id.slice(-8).toUpperCase()}.pdf`,
    );
    expect(invoice.text.startsWith('%PDF-')).toBe(true);
  });

  it('can be moved anywhere by a member, except out of cancelled', async () => {
    for (const from of ORDER_STATUS_NAMES) {
      for (const to of ORDER_STATUS_NAMES) {
        const { id } = await place();
        await changeOrderStatus(as(company, 'OWNER'), id, from, null);
        const path = `${LIST}/${id}`;
        const answer = await ask(`${path}/status`, { status: to, seen: from });
        expect(answer).toMatchObject({ status: 303, location: path, roundTrips: 1 });
        const final = from === 'CANCELLED';
        expect(await statusOf(id), `${from} to ${to}`).toBe(final ? from : to);
        const now = ORDER_STATUSES[to].label.toLowerCase();
        const said = from === to ? `The order was already ${now}.` : `The order is ${now}.`;
        expect(answer.flash).toContain(
          final && to !== from ? 'A cancelled order cannot be changed.' : said,
        );
      }
    }
  });

  it('is left alone by a form that somebody else has overtaken, and cancelled once', async () => {
    const { id } = await place();
    await changeOrderStatus(as(company, 'OWNER'), id, 'SHIPPED', null);
    const path = `${LIST}/${id}/status`;
    const late = await ask(path, { status: 'CANCELLED', seen: 'SUBMITTED' });
    expect(late).toMatchObject({ status: 303, roundTrips: 1 });
    expect(late.flash).toContain('it is shipped now');
    expect(await statusOf(id)).toBe('SHIPPED');
    await ask(path, { status: 'CANCELLED', seen: 'SHIPPED' });
    const again = await ask(path, { status: 'CANCELLED', seen: 'SHIPPED' });
    expect(again.flash).toContain('already cancelled');
    const page = await ask(`${LIST}/${id}`);
    expect(page.text).not.toContain('cancel-order');
    const { steps } = await getOrderDetail(as(company, 'OWNER'), id);
    expect(steps.map(({ to }) => to)).toEqual(['CANCELLED', 'SHIPPED']);
  });

  it('of nobody, or of another company, is not found', async () => {
    const { id } = await place();
    const stranger = await browserOf(await freshCompany(), 'OWNER');
    const move = { status: 'CONFIRMED', seen: 'SUBMITTED' };
    for (const answer of [
      await stranger(`${LIST}/${id}`),
      await stranger(`${LIST}/${id}/status`, move),
      await ask(`${LIST}/${newId('order')}`),
      await ask(`${LIST}/%00`),
      await stranger(`${LIST}/${id}/invoice`),
      await ask(`${LIST}/${newId('order')}/status`, move),
    ]) {
      expect(answer).toMatchObject({ status: 404, roundTrips: 1 });
      expect(answer.text).toContain('Order not found.');
    }
    for (const fields of [{}, { status: 'GONE', seen: 'SUBMITTED' }, { status: 'SHIPPED' }])
      expect((await ask(`${LIST}/${id}/status`, fields)).status).toBe(400);
    expect(await statusOf(id)).toBe('SUBMITTED');
  });
});
