import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CompanyFixture, createApiKey } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { as, context, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { registered, signedIn } from '../../test/storefront.ts';
import { type Ctx, staffOf } from '../context.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { EVENT_TYPES } from '../events/event-types.ts';
import { changeOrderStatus } from '../orders/change-order-status.ts';
import { placeOrder } from '../orders/place-order.ts';
import { SCOPES, type Role } from '../permissions.ts';
import { checkViewer, system, tenant } from '../tenant.ts';
import { markSeen } from './mark-seen.ts';
import { type ActorType, NEWS } from './news.ts';
import { listNotifications } from './queries.ts';

let company: CompanyFixture;
let oil: Id<'product'>;
let customer: { email: string; session: Id<'session'> };

beforeEach(async () => {
  company = await freshCompany();
  [oil = newId('product')] = await productsFor(company, [
    { name: 'Olive oil', priceCents: 1250, stock: 20 },
  ]);
  customer = await registered(company);
});

async function order(ctx: Ctx, quantity = 1): Promise<Id<'order'>> {
  const id = newId('order');
  const placed = await placeOrder(ctx, { id, lines: [{ productId: oil, quantity }] });
  expect(placed.ok).toBe(true);
  return id;
}

async function sentences(role: Role = 'OWNER'): Promise<string[]> {
  const { page } = await listNotifications(as(company, role), { limit: 25 });
  return page.rows.map(({ sentence }) => sentence);
}

async function unread(role: Role = 'OWNER'): Promise<number> {
  const ctx = as(company, role);
  await checkViewer(ctx, 'dashboard:read');
  return staffOf(ctx).unread;
}

/** So many more orders of the API's, one a second from now on. */
async function manyOrders(count: number): Promise<void> {
  const ctx = context({ kind: 'job', companyId: company.id, actor: 'Test' });
  await tenant(ctx, 'orders:write').batch([
    ctx.db.execute(sql`
      insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction, created_at)
      select ${company.id}, new_type_id('evt'), 'order.created', 'ord_x', jsonb_build_object('number', n), 'API_KEY', n,
        now() + n * interval '1 second'
      from generate_series(1, ${count}::integer) n`),
  ]);
}

describe('notifications', () => {
  it('tell of what customers do, and of stock that runs low, the newest first', async () => {
    const me = signedIn(company, customer.session);
    const first = await order(me, 2);
    await changeOrderStatus(me, first, 'CANCELLED', null);
    await order(me, 16);
    const told = await sentences();
    // Of one moment.
    expect(new Set(told.slice(0, 2))).toEqual(
      new Set(['Olive oil is running low: 4 left.', 'Blue Plate placed order #1002 for $200.00.']),
    );
    expect(told.slice(2)).toEqual([
      'Blue Plate cancelled order #1001.',
      'Blue Plate placed order #1001 for $25.00.',
      'Blue Plate registered at your storefront.',
    ]);
    expect(await unread()).toBe(5);
  });

  it('tell nobody of what the staff did to customers and orders, and only colleagues of stock they took', async () => {
    const member = as(company, 'MEMBER');
    await createCustomer(member, { email: 'ann@x.test' });
    const id = await order(as(company, 'MEMBER'), 20);
    await changeOrderStatus(as(company, 'ADMIN'), id, 'CONFIRMED', null);
    const registration = 'Blue Plate registered at your storefront.';
    expect(await sentences('OWNER')).toEqual(['Olive oil is out of stock.', registration]);
    expect(await sentences('MEMBER')).toEqual([registration]);
    expect([await unread('OWNER'), await unread('MEMBER')]).toEqual([2, 1]);
  });

  it('tell of orders that come in over the API, with and without a customer', async () => {
    const hash = newId('apiKey');
    const [{ userId: createdBy } = { userId: newId('user') }] = company.staff;
    const key = { companyId: company.id, createdBy, hash, prefix: 'dk_', name: 'ERP' };
    const { db } = context({ kind: 'nobody' });
    await createApiKey(db, { ...key, scopes: [...SCOPES] });
    const erp = () => context({ kind: 'api_key', hash });
    const { id: customerId } = await createCustomer(erp(), { email: 'ann@x.test' });
    const lines = [{ productId: oil, quantity: 1 }];
    await placeOrder(erp(), { id: newId('order'), lines });
    await placeOrder(erp(), { id: newId('order'), lines, customerId });
    expect((await sentences()).slice(0, 2)).toEqual([
      'Order #1002 of ann@x.test for $12.50 came in over the API.',
      'Order #1001 for $12.50 came in over the API.',
    ]);
    // A customer the software makes is as little news as one the staff makes.
    expect(await unread()).toBe(3);
  });

  it('are those the database marks as news, each with a sentence', async () => {
    const ctx = context({ kind: 'nobody' });
    const actors: ActorType[] = ['USER', 'API_KEY', 'CUSTOMER', 'SYSTEM'];
    const cells = EVENT_TYPES.flatMap((type) => actors.map((actor) => ({ type, actor })));
    const [{ rows }] = await system(ctx).batch([
      ctx.db.execute<{ type: string; actor: string }>(sql`
        select type, actor from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as c (type text, actor text)
        where is_news(type, actor)`),
    ]);
    const table: Partial<Record<string, { by: ActorType | null }>> = NEWS;
    const told = cells.filter(({ type, actor }) => {
      const by = table[type]?.by;
      return by === null || by === actor;
    });
    expect(rows).toEqual(told);
    expect(told).toHaveLength(10);
  });

  it('are read by each person on their own, up to what they were shown', async () => {
    const { readAt } = await listNotifications(as(company, 'OWNER'), { limit: 25 });
    await order(signedIn(company, customer.session));
    const joinedAt = await markSeen(as(company, 'OWNER'), readAt);
    expect([await unread('OWNER'), await unread('ADMIN')]).toEqual([1, 2]);
    expect(joinedAt.getTime()).toBeLessThan(readAt.getTime());

    expect(await markSeen(as(company, 'OWNER'), null)).toEqual(readAt);
    expect([await unread('OWNER'), await unread('ADMIN')]).toEqual([0, 2]);
    // A page from before does not bring back what has been read, nor is anything read before it happens.
    await markSeen(as(company, 'OWNER'), readAt);
    expect(await unread('OWNER')).toBe(0);
    await markSeen(as(company, 'OWNER'), new Date(Date.now() + 86_400_000));
    await order(signedIn(company, customer.session));
    expect(await unread('OWNER')).toBe(1);
  });

  it('are counted to a hundred, and paged both ways', async () => {
    await manyOrders(130);
    const list = (input: object) =>
      listNotifications(as(company, 'MEMBER'), { limit: 50, ...input });
    const numbers = (rows: { sentence: string }[]) =>
      rows.map(({ sentence }) => Number(/#(\d+)/.exec(sentence)?.[1]));
    const first = (await list({})).page;
    expect(numbers(first.rows)).toEqual(Array.from({ length: 50 }, (_, n) => 130 - n));
    const second = (await list({ cursor: first.last })).page;
    expect(numbers(second.rows)[0]).toBe(80);
    const back = (await list({ cursor: second.first, backwards: true })).page;
    expect(back).toEqual({ ...first, hasMore: false });
    expect((await list({ cursor: 'junk' })).page.rows).toHaveLength(50);
    expect(await unread('MEMBER')).toBe(100);
  });
});
