import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { planUsage } from '#db/schema/index.ts';
import { utcMonth } from '#src/lib/utc-month.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { system } from '#src/tenant.ts';
import { as, context, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { server } from '../server.ts';

type Of = { companyId: Id<'company'>; month: string };
type Places = {
  reserve(of: Of, orderId: Id<'order'>, now?: number): Promise<number | null>;
  confirm(orderId: Id<'order'>): Promise<void>;
  release(orderId: Id<'order'>, since: number): Promise<void>;
};

/** The object itself, called as functions/orders/place-order-in-month.ts calls it. */
const env = await server
  .getWorker<{ ORDER_PLACES: { getByName(name: string): Places } }>()
  .getEnv();

const MONTH = utcMonth(new Date());
const LAST_YEAR = new Date().getUTCFullYear() - 1;

let company: CompanyFixture;
let product: Id<'product'>;

beforeEach(async () => {
  company = await freshCompany();
  [product = 'prd_'] = await productsFor(company, [{ name: 'Flour', stock: 999 }]);
});

const nameOf = (month = MONTH) => `${company.id}:${month}`;
/** Since when which order has its place. */
const held = new Map<Id<'order'>, number>();
/** The month's object of this test's company. */
function objectOf(month = MONTH) {
  const object = env.ORDER_PLACES.getByName(nameOf(month));
  const of = { companyId: company.id, month };
  return {
    reserve: async (id: Id<'order'>, now?: number) => {
      const since = await object.reserve(of, id, now);
      if (since !== null) held.set(id, since);
      return since !== null;
    },
    confirm: (id: Id<'order'>) => object.confirm(id),
    release: (id: Id<'order'>) => object.release(id, held.get(id) ?? 0),
  };
}

async function limitTo(maxOrders: number | null): Promise<void> {
  const ctx = context({ kind: 'nobody' });
  await system(ctx).batch([
    ctx.db.update(planUsage).set({ maxOrders }).where(eq(planUsage.companyId, company.id)),
  ]);
}

/** Orders in the database that no object was asked about. */
async function ordered(count: number, at = new Date()): Promise<Id<'order'>[]> {
  const ids = Array.from({ length: count }, () => newId('order'));
  for (const id of ids) {
    const lines = [{ productId: product, quantity: 1 }];
    const placed = await placeOrder(as(company, 'MEMBER', { now: at }), { id, lines });
    expect(placed).toMatchObject({ ok: true, id });
  }
  return ids;
}

async function reserveAll(object: ReturnType<typeof objectOf>, count: number, now?: number) {
  const ids = Array.from({ length: count }, () => newId('order'));
  const allowed = await Promise.all(ids.map((id) => object.reserve(id, now)));
  return ids.filter((_, index) => allowed[index]);
}

describe('places of a month', () => {
  it('start from the orders there are, and are handed out one by one to whoever comes at once', async () => {
    await limitTo(10);
    await ordered(4);
    const taken = await reserveAll(objectOf(), 30);
    expect(taken).toHaveLength(6);
    expect(await reserveAll(objectOf(), 3)).toEqual([]);
    expect(await objectOf().reserve(taken[0] ?? 'ord_')).toBe(true);
  });

  it('are one for identical submits, given back when the last of them is refused', async () => {
    await limitTo(1);
    const [id, other] = [newId('order'), newId('order')];
    const same = await Promise.all(Array.from({ length: 20 }, () => objectOf().reserve(id)));
    expect(same).toEqual(Array(20).fill(true));
    for (let n = 0; n < 19; n += 1) await objectOf().release(id);
    expect(await objectOf().reserve(other)).toBe(false);
    await objectOf().release(id);
    expect(await objectOf().reserve(other)).toBe(true);
  });

  it('grow with the plan at once, end with it, and know no end without a limit', async () => {
    await limitTo(1);
    expect(await reserveAll(objectOf(), 3)).toHaveLength(1);
    await limitTo(3);
    expect(await reserveAll(objectOf(), 3)).toHaveLength(2);
    await limitTo(null);
    expect(await reserveAll(objectOf(), 9)).toHaveLength(9);
  });

  it('are each month their own, to the last millisecond in UTC', async () => {
    await limitTo(1);
    const [june, july] = [`${LAST_YEAR}-06`, `${LAST_YEAR}-07`];
    await ordered(1, new Date(`${june}-30T23:59:59.999Z`));
    expect(await reserveAll(objectOf(june), 2)).toEqual([]);
    expect(await reserveAll(objectOf(july), 2)).toHaveLength(1);
    await ordered(1, new Date(`${july}-01T00:00:00.000Z`));
    expect(await reserveAll(objectOf(june), 2)).toEqual([]);
  });

  it('whose orders nobody told of are free once the alarm finds the database without them', async () => {
    await limitTo(1);
    const month = `${LAST_YEAR}-06`;
    const then = Date.parse(`${month}-15T12:00:00Z`);
    expect(await objectOf(month).reserve(newId('order'), then)).toBe(true);
    // Its time was over long ago, so the alarm comes at once; asked as of then, this alone would never free it.
    const id = newId('order');
    const ask = () => objectOf(month).reserve(id, then);
    await expect.poll(ask, { timeout: 20_000, interval: 200 }).toBe(true);
    expect(await reserveAll(objectOf(), 1)).toHaveLength(1);
    expect(await reserveAll(objectOf(), 1)).toEqual([]);
  });

  it('are taken by orders whatever became of them', async () => {
    await limitTo(2);
    const [id = 'ord_'] = await ordered(1);
    await changeOrderStatus(as(company, 'MEMBER'), id, 'CANCELLED', null);
    expect(await reserveAll(objectOf(), 2)).toHaveLength(1);
  });
});
