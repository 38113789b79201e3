import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createApiKey } from '#db/factories.ts';
import { idOfText, isId, newId } from '#db/ids.ts';
import { context, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { Replayed } from '../lib/errors.ts';
import { placeOrder } from './place-order.ts';

const HOUR = 3_600_000;
const noon = new Date('2026-03-15T12:00:00.000Z');
const later = (hours: number) => new Date(noon.getTime() + hours * HOUR);

it('has one id for a text on one day, and never the same 24 hours later', async () => {
  const id = await idOfText('order', 'a', noon);
  expect(isId('order', id)).toBe(true);
  expect(await idOfText('order', 'a', later(11.99))).toBe(id);
  expect(await idOfText('order', 'b', noon)).not.toBe(id);
  expect(await idOfText('order', 'a', later(24))).not.toBe(id);
  expect((await idOfText('order', 'a', later(24))) > id).toBe(true);
  const first = newId('order');
  expect((await idOfText('order', 'a', later(24 * 3650))) > first).toBe(true);
});

it('is placed once a key for 24 hours, and again after them', async () => {
  const company = await freshCompany();
  const [productId] = await productsFor(company, [{ name: 'Flour', stock: 9 }]);
  const hash = createHash('sha256').update(randomBytes(8)).digest('hex');
  await createApiKey(context({ kind: 'nobody' }).db, {
    companyId: company.id,
    createdBy: company.staff[0]?.userId ?? 'usr_',
    hash,
    prefix: 'dk_test',
    name: 'Test',
    scopes: ['orders:write', 'customers:write'],
  });
  const as = (now: Date) => context({ kind: 'api_key', hash }, { now });
  const customer = await createCustomer(as(noon), { email: 'a@once.test' });
  const place = async (hours: number) => {
    const ctx = as(later(hours));
    const id = await idOfText('order', 'the same request', ctx.now);
    const once = { route: 'POST /orders', key: 'k', fingerprint: 'f' };
    ctx.guard = { resource: { kind: 'order', id }, etags: null, once };
    const lines = [{ productId, quantity: 1 }];
    const placed = await placeOrder(ctx, { id, customerId: customer.id, lines });
    return placed.ok ? placed.order : null;
  };
  const first = await place(0);
  expect(first).toMatchObject({ number: 1001, source: 'API' });
  for (const hours of [0, 11, 12, 23.99]) {
    const again = await place(hours).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(Replayed);
    expect((again as Replayed).answer).toMatchObject({ id: first?.id, number: 1001 });
  }
  const next = await place(24);
  expect(next).toMatchObject({ number: 1002 });
  expect(next?.id).not.toBe(first?.id);
});
