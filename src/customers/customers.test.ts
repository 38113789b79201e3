import { describe, expect, it } from 'vitest';
import { as, context, freshCompany } from '../../test/context.ts';
import { auditEntries } from '#db/schema/index.ts';
import { tenant } from '../tenant.ts';
import { createCustomer } from './create-customer.ts';
import { getCustomer, listCustomers } from './queries.ts';
import { updateCustomer } from './update-customer.ts';

const NEWEST = { limit: 50, sort: 'created', descending: true } as const;

describe('customers', () => {
  it('creates, and refuses the same email in any case', async () => {
    const ctx = as(await freshCompany(), 'MEMBER');
    const customer = await createCustomer(ctx, { email: ' Bob@Acme.com ', creditLimit: 1200.5 });
    expect(customer).toMatchObject({ email: 'bob@acme.com', creditLimitCents: 120050, version: 1 });
    await expect(createCustomer(ctx, { email: 'BOB@acme.com' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'A customer with this email already exists.',
    });
  });

  it('keeps companies apart', async () => {
    const [one, other] = await Promise.all([freshCompany(), freshCompany()]);
    const customer = await createCustomer(as(one, 'OWNER'), { email: 'a@b.co' });
    await createCustomer(as(other, 'OWNER'), { email: 'a@b.co' });
    await expect(getCustomer(as(other, 'OWNER'), customer.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      updateCustomer(as(other, 'OWNER'), customer.id, { notes: 'x' }, null),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await listCustomers(as(other, 'OWNER'), NEWEST)).rows).toHaveLength(1);
    const [person] = one.staff;
    if (!person) throw new Error('The company has no staff.');
    const stolen = context({ kind: 'staff', sessionId: person.sessionId, companyId: other.id });
    await expect(listCustomers(stolen, NEWEST)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('writes one audit entry a change, with the changed fields only, and none for no change', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'ADMIN');
    const { id } = await createCustomer(ctx, { email: 'a@b.co' });
    const save = await updateCustomer(ctx, id, { notes: 'Dock B', creditLimit: 5 }, 1);
    expect(save).toMatchObject({ ok: true, changed: true, customer: { version: 2 } });
    const again = await updateCustomer(ctx, id, { notes: 'Dock B' }, 2);
    expect(again).toMatchObject({ ok: true, changed: false, customer: { version: 2 } });
    await updateCustomer(ctx, id, {}, null);
    await updateCustomer(ctx, id, { status: 'BLOCKED' }, null);
    const [entries] = await tenant(ctx, 'audit:read').batch([
      ctx.db.select().from(auditEntries).orderBy(auditEntries.id),
    ]);
    expect(entries.map(({ action }) => action)).toEqual([
      'CustomerCreated',
      'CustomerUpdated',
      'CustomerStatusChanged',
    ]);
    expect(entries[1]).toMatchObject({
      actorType: 'USER',
      actorName: ctx.staff?.userName,
      entityType: 'Customer',
      entityId: id,
      entityName: 'a@b.co',
      details: { notes: { from: null, to: 'Dock B' }, creditLimitCents: { from: null, to: 500 } },
    });
    expect((await getCustomer(ctx, id)).version).toBe(3);
  });

  it('does not overwrite what somebody else changed meanwhile', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    const { id } = await createCustomer(ctx, { email: 'a@b.co' });
    await updateCustomer(ctx, id, { notes: 'first' }, 1);
    const result = await updateCustomer(ctx, id, { notes: 'second' }, 1);
    expect(result).toMatchObject({ ok: false, current: { notes: 'first', version: 2 } });
    // Two who type the same are not in each other's way.
    expect(await updateCustomer(ctx, id, { notes: 'first' }, 1)).toMatchObject({ ok: true });
  });

  it('pages without skipping or repeating, in every order, forwards and back', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER', { now: new Date('2026-01-01T00:00:00Z') });
    for (let n = 0; n < 7; n += 1) {
      await createCustomer(ctx, {
        email: `c${n}@x.co`,
        name: n % 2 ? 'Same' : null,
        status: n % 3 ? 'ACTIVE' : 'BLOCKED',
      });
    }
    for (const sort of ['created', 'name', 'email'] as const) {
      for (const descending of [true, false]) {
        for (const search of [undefined, 'x.co', 'c']) {
          const input = { limit: 3, sort, descending, search };
          const one = await listCustomers(ctx, input);
          const two = await listCustomers(ctx, { ...input, cursor: one.last ?? '' });
          const three = await listCustomers(ctx, { ...input, cursor: two.last ?? '' });
          const ids = [...one.rows, ...two.rows, ...three.rows].map(({ id }) => id);
          expect(new Set(ids).size).toBe(7);
          expect(three.hasMore).toBe(false);
          const back = await listCustomers(ctx, {
            ...input,
            cursor: three.first ?? '',
            backwards: true,
          });
          expect(back.rows).toEqual(two.rows);
        }
      }
    }
    expect((await listCustomers(ctx, { ...NEWEST, status: 'BLOCKED' })).rows).toHaveLength(3);
    await expect(listCustomers(ctx, { ...NEWEST, cursor: 'nonsense' })).rejects.toMatchObject({
      message: 'Invalid cursor.',
    });
  });

  it('finds substrings whatever their case, and takes wildcards literally', async () => {
    const ctx = as(await freshCompany(), 'OWNER');
    await createCustomer(ctx, { email: 'a@b.co', name: 'ÉCLAIR 100% Bakery_1' });
    const found = async (search: string) =>
      (await listCustomers(ctx, { ...NEWEST, search })).rows.length;
    expect(await found('éclair')).toBe(1);
    expect(await found('100% b')).toBe(1);
    expect(await found('y_1')).toBe(1);
    expect(await found('y%1')).toBe(0);
    expect(await found('B.CO')).toBe(1);
  });

  it('holds the plan limit', async () => {
    const ctx = as(await freshCompany({ maxCustomers: 1 }), 'OWNER');
    await createCustomer(ctx, { email: 'a@b.co' });
    await expect(createCustomer(ctx, { email: 'c@d.co' })).rejects.toMatchObject({
      code: 'plan_limit',
      message: "Your plan's customer limit has been reached.",
    });
  });
});
