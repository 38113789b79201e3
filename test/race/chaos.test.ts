import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { productImport } from '#src/imports/product-import.ts';
import { startImport } from '#src/imports/start-import.ts';
import { LIMIT_REACHED } from '#src/orders/order-places.ts';
import { as, freshCompany } from '../context.ts';
import { job, MemoryStore, stage } from '../imports.ts';
import { productsFor } from '../products.ts';
import { pick, PRICE, Shop, shuffled, upTo } from './shop.ts';
import { setFaults } from '../faults.ts';

/**
 * Orders through the deployed Worker on bare workerd and a real PostgreSQL, while answers are lost after they were committed
 * and the Worker is killed in the middle of its work. `CHAOS_SECONDS` and `CHAOS_KILL_SECONDS` make it longer.
 */
const SECONDS = Number(process.env['CHAOS_SECONDS'] ?? 25);
const KILL_SECONDS = Number(process.env['CHAOS_KILL_SECONDS'] ?? 5);
const PEOPLE = 8;

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterEach(() => setFaults({}));
afterAll(() => shop.close());

async function killing(until: () => boolean): Promise<number> {
  let kills = 0;
  while (!until()) {
    await sleep(KILL_SECONDS * 1000);
    await shop.worker.restart();
    kills += 1;
  }
  return kills;
}

it(
  'keeps stock and ledger the same at every instant, and every order in one state',
  async () => {
    const company = await freshCompany();
    const products = await productsFor(
      company,
      Array.from({ length: 10 }, (_, n) => ({
        name: `Product ${n}`,
        sku: `SKU-${n}`,
        priceCents: PRICE,
        stock: 300,
      })),
    );
    const cookies = await shop.people(company, PEOPLE);
    const outcomes = new Map<Id<'order'>, boolean>();
    const figures = { placed: 0, refused: 0, tries: 0, cancels: 0, edits: 0, imports: 0, looks: 0 };
    const store = new MemoryStore();
    const end = Date.now() + SECONDS * 1000;
    const over = () => Date.now() > end;
    const ignored = () => undefined;
    await setFaults({ match: '', dropAfterCommitRate: 0.02 });

    const buy = async (cookie: string) => {
      while (!over()) {
        const id = newId('order');
        const lines = shuffled(products)
          .slice(0, upTo(5))
          .map((productId) => ({ productId, quantity: upTo(4) }));
        const { placed, tries } = await shop.order(company, cookie, id, lines);
        outcomes.set(id, placed);
        figures[placed ? 'placed' : 'refused'] += 1;
        figures.tries += tries;
        if (placed && Math.random() < 0.4) {
          await shop.post(company, cookie, `/orders/${id}/cancel`);
          figures.cancels += 1;
        }
      }
    };
    const edit = async () => {
      while (!over()) {
        await updateProduct(as(company, 'OWNER'), pick(products), { stock: upTo(300) }, {}).catch(
          ignored,
        );
        figures.edits += 1;
        await sleep(100);
      }
    };
    const load = async () => {
      while (!over()) {
        const rows = products.map((_, n) => `SKU-${n},Product ${n},10.00,${upTo(300)}`);
        const csv = ['sku,name,price,stock', ...rows].join('\n');
        try {
          const id = await stage(as(company, 'OWNER'), store, csv, productImport);
          await startImport(as(company, 'OWNER'), productImport, id, {});
          await applyImport(job(company), productImport, store, id);
          figures.imports += 1;
        } catch {
          // The answer was lost; whether it was applied, the ledger knows.
        }
        await sleep(500);
      }
    };
    const look = async () => {
      while (!over()) {
        expect(await shop.wrongLevels(company)).toEqual([]);
        figures.looks += 1;
        await sleep(50);
      }
    };
    const [kills] = await Promise.all([killing(over), ...cookies.map(buy), edit(), load(), look()]);

    await setFaults({});
    const stored = await shop.ordersOf(company);
    for (const [id, placed] of outcomes) expect(stored.has(id), id).toBe(placed);
    expect(stored.size).toBe(figures.placed);
    expect(await shop.wrongLevels(company)).toEqual([]);
    expect(await shop.wrongTotals(company)).toEqual([]);
    expect(figures.placed).toBeGreaterThan(20);
    console.log(`Chaos of ${SECONDS} s, ${kills} kills:`, figures);
  },
  (SECONDS + 120) * 1000,
);

it("gives a month's 50 places to 50 of 200 orders, whoever is killed in between", async () => {
  const company = await freshCompany({ maxOrders: 50 });
  const [product = 'prd_'] = await productsFor(company, [
    { name: 'Flour', priceCents: PRICE, stock: 100_000 },
  ]);
  const cookies = await shop.people(company, PEOPLE);
  await setFaults({ match: '', dropAfterCommitRate: 0.05 });
  let done = false;
  const lines = [{ productId: product, quantity: 1 }];
  const all = Promise.all(
    Array.from({ length: 200 }, () => shop.order(company, pick(cookies), newId('order'), lines)),
  ).finally(() => {
    done = true;
  });
  const kill = async () => {
    for (let n = 0; n < 6 && !done; n += 1) {
      await sleep(300);
      await shop.worker.restart();
    }
  };
  const [results] = await Promise.all([all, kill()]);
  await setFaults({});
  const refused = results.filter(({ placed }) => !placed);
  for (const { text } of refused) expect(text).toContain(LIMIT_REACHED);
  expect(results.length - refused.length).toBe(50);
  expect((await shop.ordersOf(company)).size).toBe(50);

  // An upgrade counts at once, and no place was lost on the way.
  await shop.owner.query('update plan_usage set max_orders = 60 where company_id = $1', [
    company.id,
  ]);
  const more = await Promise.all(
    Array.from({ length: 20 }, () => shop.order(company, pick(cookies), newId('order'), lines)),
  );
  expect(more.filter(({ placed }) => placed)).toHaveLength(10);
});
