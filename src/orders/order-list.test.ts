import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { registered, signedIn } from '../../test/storefront.ts';
import { changeOrderStatus } from './change-order-status.ts';
import { getOrderDetail } from './order-detail.ts';
import { getOrderList, orderView } from './order-list.ts';
import { getOwnOrders } from './own-orders.ts';
import { placeOrder } from './place-order.ts';

let company: CompanyFixture;
let product: Id<'product'>;

beforeEach(async () => {
  company = await freshCompany({ timeZone: 'America/New_York' });
  [product = 'prd_'] = await productsFor(company, [{ name: 'Flour', priceCents: 100, stock: 999 }]);
});

/** An order for so many dollars, placed at that moment. */
async function place(quantity: number, at: string, extra: object = {}) {
  const ctx = as(company, 'MEMBER', { now: new Date(at) });
  const input = { id: newId('order'), lines: [{ productId: product, quantity }], ...extra };
  const placed = await placeOrder(ctx, input);
  if (!placed.ok) throw new Error('Not placed.');
  return placed;
}

const list = (query: Record<string, string> = {}, limit = 50) =>
  getOrderList(as(company, 'MEMBER'), orderView(query), limit);
const numbers = async (query: Record<string, string>) =>
  (await list(query)).page.rows.map(({ number }) => number);

describe('the list an address asks for', () => {
  it('is the newest orders when it says nothing, or nothing sensible', () => {
    const first = { sort: 'created', descending: true, backwards: false };
    expect(orderView({})).toEqual(first);
    const nonsense = { q: ' ', status: 'toString', customer: 'x', from: ' ', to: '', min: '' };
    expect(orderView({ ...nonsense, sort: 'number', after: 'x' })).toEqual(first);
    for (const [sort, key] of [
      ['created', '2026-02-30T00:00:00.000Z'],
      ['total', '1.5'],
      ['status', 'GONE 2026-01-01T00:00:00.000Z'],
      ['status', 'SHIPPED'],
    ] as const) {
      const after = btoa(JSON.stringify([sort, key, newId('order')]));
      expect(orderView({ sort, after }).cursor, key).toBeUndefined();
    }
  });

  it.each([
    [
      { min: '$1,000', max: '1 200.50' },
      { least: 1_000_00, most: 1_200_50 },
    ],
    [{ min: '1,000' }, { least: 1_000_00 }],
    [{ max: 'USD 5' }, { most: 5_00 }],
    [
      { from: '2026-01-31', to: '2026-01-31' },
      { from: '2026-01-31', to: '2026-01-31' },
    ],
  ])('reads %j', (query, filter) => {
    const view = orderView(query, 'USD');
    expect(view).toMatchObject(filter);
    expect(view).toMatchObject({ typed: query, problems: undefined });
  });

  it.each([
    [{ min: 'abc' }, { min: 'Min total must be a number like 12.50.' }],
    [{ max: '1.200' }, { max: 'Max total: Did you mean 1,200 or 1.20?' }],
    [{ max: '1,5' }, { max: 'Max total: Did you mean 1.50? Use a dot for decimals.' }],
    [{ min: '€5' }, { min: 'Min total must be in USD, not €. Enter an amount like 12.50.' }],
    [{ min: '10', max: '5' }, { min: 'Min total is higher than Max total.' }],
    [
      { from: '2026-02-30', to: 'x' },
      {
        from: 'From must be a date like 2026-11-30, not “2026-02-30”.',
        to: 'To must be a date like 2026-11-30, not “x”.',
      },
    ],
    [{ from: '2026-03-02', to: '2026-03-01' }, { from: 'From is later than To.' }],
  ])('says that %j is not applied, and keeps it', (query, problems) => {
    const view = orderView(query, 'USD');
    expect(view.problems).toEqual(problems);
    expect(view.typed).toEqual(query);
    const { from, to, least, most } = view;
    expect({ from, to, least, most }).toEqual({});
  });

  it('reads any sign of money until it is known which one is right', () => {
    expect(orderView({ min: '€5' })).toMatchObject({ least: 500, problems: undefined });
    expect(orderView({ min: '€5' }, 'EUR')).toMatchObject({ least: 500, problems: undefined });
  });

  it('takes every filter at once', () => {
    const customer = newId('customer');
    const query = { q: ' #10 ', status: 'SHIPPED', customer, from: '2026-01-01', to: '2026-01-31' };
    expect(orderView({ ...query, min: '1', max: '2.50', sort: 'total' })).toMatchObject({
      search: '#10',
      status: 'SHIPPED',
      customer,
      from: '2026-01-01',
      to: '2026-01-31',
      least: 100,
      most: 250,
      sort: 'total',
      descending: false,
    });
  });
});

describe('orders', () => {
  it('are found by number, PO, customer, status, day, total and all of them', async () => {
    expect((await list()).any).toBe(false);
    const bella = await createCustomer(as(company, 'OWNER'), {
      email: 'Bella@Cucina.test',
      name: 'BELLA Cucina',
    });
    await place(5, '2026-03-01T04:59:59Z', { customerId: bella.id, poNumber: 'PO-77%' });
    await place(10, '2026-03-01T05:00:00Z');
    const third = await place(20, '2026-03-02T04:59:59Z', { customerId: bella.id });
    await changeOrderStatus(as(company, 'MEMBER'), third.id, 'SHIPPED', null);
    const found: [Record<string, string>, number[]][] = [
      [{}, [1003, 1002, 1001]],
      [{ q: '1002' }, [1002]],
      [{ q: '#1002' }, [1002]],
      [{ q: 'po-77%' }, [1001]],
      [{ q: 'po-77_' }, []],
      [{ q: 'bella' }, [1003, 1001]],
      [{ q: 'CUCINA.test' }, [1003, 1001]],
      [{ q: 'a' }, [1003, 1001]],
      [{ q: '02' }, [1002]],
      [{ q: 'a\0' }, []],
      [{ q: 'bella', status: 'SHIPPED' }, [1003]],
      [{ status: 'SUBMITTED' }, [1002, 1001]],
      [{ customer: bella.id }, [1003, 1001]],
      // A day is the company's: the first moment of March in New York is 5 o'clock in UTC.
      [{ from: '2026-03-01' }, [1003, 1002]],
      [{ to: '2026-02-28' }, [1001]],
      [{ from: '2026-03-01', to: '2026-03-01' }, [1003, 1002]],
      [{ min: '10' }, [1003, 1002]],
      [{ min: '10.01', max: '20' }, [1003]],
      [{ max: '9.99', q: 'bella', customer: bella.id, status: 'SUBMITTED' }, [1001]],
      [{ sort: 'total' }, [1001, 1002, 1003]],
      [{ sort: 'status' }, [1003, 1001, 1002]],
      [{ sort: '-status' }, [1002, 1001, 1003]],
    ];
    for (const [query, expected] of found)
      expect(await numbers(query), JSON.stringify(query)).toEqual(expected);
    const { page, any } = await list({ q: 'nobody has this' });
    expect({ rows: page.rows, any }).toEqual({ rows: [], any: true });
  });

  it('are found by letters of any language in any case, by the staff and by the buyer', async () => {
    const { session } = await registered(company, 'elan@example.com', 'Élan Ωmega');
    const me = () => signedIn(company, session);
    const input = { id: newId('order'), lines: [{ productId: product, quantity: 1 }] };
    await placeOrder(me(), { ...input, poNumber: 'BÜRO-7' });
    for (const q of [
      'élan ωmega',
      'ÉLAN ΩMEGA',
      'Élan Ω',
      'BÜRO-7',
      'büro-7',
      'Üro',
      'ELAN@',
      'é',
    ]) {
      expect(await numbers({ q }), q).toEqual([1001]);
      const { page } = await getOwnOrders(me(), orderView({ q }), 10);
      expect(page.rows, q).toMatchObject([{ number: 1001 }]);
    }
    const { page } = await getOwnOrders(me(), orderView({ q: 'buro-7' }), 10);
    expect(page.rows).toEqual([]);
  });

  it('of one customer say who that is', async () => {
    const [owner, stranger] = [as(company, 'OWNER'), as(await freshCompany(), 'OWNER')];
    const bella = await createCustomer(owner, { email: 'bella@b.co', name: 'Bella Cucina' });
    const nameless = await createCustomer(owner, { email: 'n@b.co' });
    const other = await createCustomer(stranger, { email: 'other@b.co', name: 'Other' });
    const named = async (customer?: string) =>
      (await list(customer ? { customer, q: 'x' } : {})).customerName;
    expect(await named(bella.id)).toBe('Bella Cucina');
    expect(await named(nameless.id)).toBe('n@b.co');
    expect([await named(other.id), await named(newId('customer')), await named()]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('are paged forth and back without a gap while others come in', async () => {
    for (let n = 1; n <= 7; n += 1)
      await place(n % 3 === 0 ? 3 : n, `2026-03-0${Math.ceil(n / 2)}T12:00:00Z`);
    for (const sort of ['-created', 'total', '-total', 'status', '-status']) {
      for (const q of ['', '100', '#']) {
        const all = await numbers({ sort, q });
        const query = { sort, q };
        const forth: number[] = [];
        let page = (await list(query, 2)).page;
        for (;;) {
          forth.push(...page.rows.map(({ number }) => number));
          if (!page.hasMore) break;
          page = (await list({ ...query, after: page.last ?? '' }, 2)).page;
        }
        expect(forth, `${sort} ${q}`).toEqual(all);
        const back = await list({ ...query, before: page.first ?? '' }, 2);
        expect(back.page.rows.map(({ number }) => number)).toEqual(all.slice(-3, -1));
      }
    }
    const first = (await list({}, 3)).page;
    await place(1, '2026-03-09T12:00:00Z');
    const second = (await list({ after: first.last ?? '' }, 3)).page;
    expect(second.rows.map(({ number }) => number)).toEqual([1004, 1003, 1002]);
  });

  it('say who did what, newest first, to their own company only', async () => {
    const { id } = await place(2, '2026-03-01T12:00:00Z', { notes: 'Ring twice' });
    await changeOrderStatus(as(company, 'ADMIN'), id, 'CONFIRMED', 'SUBMITTED');
    await changeOrderStatus(as(company, 'MEMBER'), id, 'CANCELLED', null);
    const detail = await getOrderDetail(as(company, 'MEMBER'), id);
    expect(detail).toMatchObject({
      order: { number: 1001, status: 'CANCELLED', totalCents: 200, notes: 'Ring twice' },
      lines: [{ name: 'Flour', quantity: 2, unitPriceCents: 100, totalCents: 200 }],
      steps: [
        { from: 'CONFIRMED', to: 'CANCELLED', actorType: 'USER' },
        { from: 'SUBMITTED', to: 'CONFIRMED' },
      ],
    });
    const stranger = as(await freshCompany(), 'OWNER');
    await expect(getOrderDetail(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
