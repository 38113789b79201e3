import { describe, expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { createCustomer } from './create-customer.ts';
import type { Query } from '../lib/list-view.ts';
import { customerFilter, customerView, getCustomerList } from './customer-list.ts';
import { exportCustomers } from './export-customers.ts';
import { updateCustomer } from './update-customer.ts';

const FIRST = { sort: 'created', descending: true, backwards: false } as const;

describe('the list an address asks for', () => {
  it('is the newest customers when it says nothing, or nothing sensible', () => {
    expect(customerView({})).toEqual({ ...FIRST });
    const nonsense = { q: '  ', status: 'active', sort: '-__proto__', after: 'x', before: '' };
    expect(customerView(nonsense)).toEqual({ ...FIRST });
  });

  it('takes a filter and an order', () => {
    expect(customerView({ q: ' Bob ', status: 'BLOCKED', sort: '-name' })).toEqual({
      search: 'Bob',
      status: 'BLOCKED',
      sort: 'name',
      descending: true,
      backwards: false,
    });
    expect(customerView({ sort: 'created' })).toMatchObject({ sort: 'created', descending: false });
  });

  it('takes a cursor of its own order only', async () => {
    const ctx = as(await freshCompany(), 'MEMBER');
    await createCustomer(ctx, { email: 'a@b.co' });
    const { page } = await getCustomerList(ctx, customerView({ sort: 'name' }), 1);
    const before = page.first ?? '';
    expect(customerView({ sort: '-name', before })).toMatchObject({
      cursor: before,
      backwards: true,
    });
    expect(customerView({ sort: 'email', before })).toMatchObject({ backwards: false });
    expect(customerView({ sort: 'email', before }).cursor).toBeUndefined();
    for (const key of ['0000-01-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z', 'x']) {
      const after = btoa(JSON.stringify(['created', key, 'cus_x']));
      expect(customerView({ after }).cursor).toBeUndefined();
    }
  });

  it('counts all customers, those who have not ordered, too', async () => {
    const ctx = as(await freshCompany(), 'MEMBER');
    await createCustomer(ctx, { email: 'a@b.co' });
    await createCustomer(ctx, { email: 'c@d.co', status: 'BLOCKED' });
    const blocked = await getCustomerList(ctx, customerView({ status: 'BLOCKED' }), 50);
    expect(blocked.total).toBe(2);
    expect(blocked.page.rows).toMatchObject([
      { email: 'c@d.co', ordered: { orders: 0, spentCents: 0, lastOrderAt: null } },
    ]);
  });

  it('finds nobody by a text that cannot be stored', async () => {
    const ctx = as(await freshCompany(), 'MEMBER');
    await createCustomer(ctx, { email: 'a@b.co' });
    const { page, total } = await getCustomerList(ctx, customerView({ q: 'a\0' }), 50);
    expect(page).toEqual({ rows: [], hasMore: false, first: null, last: null });
    expect(total).toBe(1);
  });
});

describe('the export', () => {
  it('has every customer once, in the order they joined, whatever the size of its pages', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'MEMBER', { now: new Date('2026-01-01T00:00:00Z') });
    for (const n of [1, 2, 3, 4, 5]) await createCustomer(ctx, { email: `c${n}@x.co` });
    const lines = ['email,name,status,notes,creditLimit'];
    for (const n of [1, 2, 3, 4, 5]) lines.push(`c${n}@x.co,,ACTIVE,,`);
    for (const size of [1, 2, 5, 6]) {
      expect(await textOf(await exportCustomers(ctx, {}, size))).toBe(
        `\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`,
      );
    }
  });

  it('is filtered as the list is, and shields formulas', async () => {
    const ctx = as(await freshCompany(), 'MEMBER');
    const { id } = await createCustomer(ctx, { email: 'a@b.co', name: '=1+1', creditLimit: 5.5 });
    await createCustomer(ctx, { email: 'c@d.co', notes: 'a, "b"\nc' });
    await updateCustomer(ctx, id, { status: 'BLOCKED' }, null);
    const file = async (filter: Query) =>
      (await textOf(await exportCustomers(ctx, customerFilter(filter)))).split('\r\n')[1];
    expect(await file({ status: 'BLOCKED' })).toBe("a@b.co,'=1+1,BLOCKED,,5.50");
    expect(await file({ q: 'C@D' })).toBe('c@d.co,,ACTIVE,"a, ""b""\nc",');
    expect(await file({ q: '\ud800' })).toBe('');
  });

  it('is refused before its first piece', async () => {
    const [one, other] = await Promise.all([freshCompany(), freshCompany()]);
    const ctx = as(one, 'OWNER');
    const stranger = { ...ctx, entry: { ...ctx.entry, companyId: other.id } as typeof ctx.entry };
    for (const q of [undefined, '\0']) {
      await expect(exportCustomers(stranger, customerFilter({ q }))).rejects.toMatchObject({
        code: 'unauthorized',
      });
    }
  });
});

async function textOf(pieces: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
