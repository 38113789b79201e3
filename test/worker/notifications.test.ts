import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { ROLES } from '#src/permissions.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { server } from '../server.ts';
import { browserOf, browserWith, hrefOf, valueOf } from '../staff.ts';
import { proven, signedIn } from '../storefront.ts';

const PATH = '/dashboard/notifications';

let company: CompanyFixture;
let orderId: Id<'order'>;
let productId: Id<'product'>;
let order: () => Promise<Id<'order'>>;

beforeAll(async () => {
  company = await freshCompany();
  const [oil = newId('product')] = await productsFor(company, [
    { name: 'Oil <b>extra</b>', priceCents: 1250, stock: 60 },
  ]);
  productId = oil;
  const { session } = await proven(company);
  const me = signedIn(company, session);
  order = async () => {
    const id = newId('order');
    await placeOrder(me, { id, lines: [{ productId, quantity: 1 }] });
    return id;
  };
  orderId = newId('order');
  await placeOrder(me, { id: orderId, lines: [{ productId, quantity: 57 }] });
  await changeOrderStatus(me, orderId, 'CANCELLED', null);
});

/** What the bell says of any page; null where it says nothing. */
const count = (text: string) => /class="nav-count">([^<]*)</.exec(text)?.[1] ?? null;
const news = (text: string) => text.split('>New<').length - 1;

describe('the bell', () => {
  it('counts on every page in its one round trip, for everybody, and is read by each', async () => {
    for (const role of ROLES) {
      const ask = await browserOf(company, role);
      const home = await ask('/dashboard');
      expect(home.roundTrips).toBe(1);
      expect(count(home.text), role).toBe('4');
      expect(home.text).toContain(`action="${PATH}/read"`);

      const pressed = await ask(`${PATH}/read`, {});
      expect(pressed).toMatchObject({ status: 303, roundTrips: 1 });
      const list = await ask(pressed.location ?? '');
      expect(list).toMatchObject({ status: 200, roundTrips: 1 });
      expect([news(list.text), count(list.text)]).toEqual([4, null]);
      expect(list.text).not.toContain('Mark all as read');
      // The bell is a link now, and to follow it changes nothing.
      expect(hrefOf((await ask('/dashboard')).text, 'Notifications')).toBe(PATH);
    }
  });

  it('marks nothing as read by a link, and by the page’s button what the page showed', async () => {
    const ask = await browserOf(company, 'ADMIN');
    await order();
    const page = await ask(PATH);
    expect([news(page.text), count(page.text)]).toEqual([1, '1']);
    expect(count((await ask(PATH)).text)).toBe('1');
    await order();
    const until = valueOf(page.text, 'until') ?? '';
    expect(await ask(`${PATH}/read`, { until })).toMatchObject({ status: 303, location: PATH });
    const after = await ask(PATH);
    expect([news(after.text), count(after.text)]).toEqual([1, '1']);
    // Whatever is no moment is as good as none.
    const odd = await ask(`${PATH}/read`, { until: '2026-02-30T00:00:00.000Z' });
    expect(odd.location).toContain(`${PATH}?since=20`);
    expect(count((await ask(PATH)).text)).toBe(null);
  });

  it('tells what happened in words that lead there, and takes nobody’s name for markup', async () => {
    const ask = await browserOf(company, 'MEMBER');
    const { text } = await ask(`${PATH}?since=never&after=junk`);
    expect(hrefOf(text, 'Blue Plate cancelled order #1001.')).toBe(`/dashboard/orders/${orderId}`);
    expect(hrefOf(text, 'Blue Plate placed order #1001 for $712.50.')).toBe(
      `/dashboard/orders/${orderId}`,
    );
    expect(hrefOf(text, 'Oil &lt;b&gt;extra&lt;/b&gt; is running low: 3 left.')).toBe(
      `/dashboard/inventory/${productId}/edit`,
    );
    expect(hrefOf(text, 'Blue Plate registered')).toMatch(/^\/dashboard\/customers\/cus_/);
  });

  it('is nobody else’s, and needs a form of our own', async () => {
    const other = await browserOf(await freshCompany(), 'OWNER');
    const { text } = await other(PATH);
    expect(text).toContain('Nothing has happened yet');
    expect(text).not.toContain('Blue Plate');
    const stranger = browserWith('');
    expect((await stranger(PATH)).location).toContain('/login');
    const foreign = await server.fetch(`${PATH}/read`, {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
  });

  it('pages through what is old, and still says what was new', async () => {
    const ask = await browserOf(company, 'OWNER');
    await ask(`${PATH}/read`, {});
    for (let n = 0; n < 27; n += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one order after another
      await order();
    }
    const first = await ask((await ask(`${PATH}/read`, {})).location ?? '');
    expect(news(first.text)).toBe(25);
    const next = hrefOf(first.text, 'Next') ?? '';
    const second = await ask(next);
    expect(second.roundTrips).toBe(1);
    expect(news(second.text)).toBe(2);
    const back = await ask(hrefOf(second.text, 'Previous') ?? '');
    expect(news(back.text)).toBe(25);
    expect(hrefOf(back.text, 'Next')).toBe(next);
  });
});
