import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { type ApiAnswer, type ApiRequest, apiKey, post, postUntilKnown } from './api-clients.ts';
import { PRICE, Shop } from './shop.ts';
import { setFaults } from '../faults.ts';

/** Writes under one Idempotency-Key at once, through the deployed Worker on bare workerd and on a real PostgreSQL. */
const REQUESTS = Number(process.env['IDEMPOTENCY_REQUESTS'] ?? 10_000);
const SECONDS = Number(process.env['IDEMPOTENCY_SECONDS'] ?? 60);
const SEED = Number(process.env['IDEMPOTENCY_SEED'] ?? 20_261_121);
const CLIENTS = 16;

let shop: Shop;
let company: CompanyFixture;
let key: string;
let order: (quantity: number) => string;

beforeAll(async () => {
  shop = await Shop.open();
});
afterEach(() => setFaults({}));
afterAll(() => shop.close());
beforeEach(async () => {
  company = await freshCompany({ apiRateLimit: 1_000_000 });
  key = await apiKey(company);
  const [productId] = await productsFor(company, [
    { name: 'Flour', priceCents: PRICE, stock: 10_000_000 },
  ]);
  const customer = await createCustomer(as(company, 'OWNER'), { email: 'buyer@once.test' });
  order = (quantity) =>
    JSON.stringify({ customerId: customer.id, items: [{ productId, quantity }] });
  // The key's own object hears of the key.
  await fetch(`${shop.worker.url}/api/v1/customers`, {
    headers: { Authorization: `Bearer ${key}` },
  });
});

async function rowsOf(table: 'orders' | 'customers'): Promise<string[]> {
  const { rows } = await shop.owner.query<{ id: string }>(
    `select id from ${table} where company_id = $1`,
    [company.id],
  );
  return rows.map(({ id }) => id);
}

const idOf = ({ text }: ApiAnswer): string => JSON.parse(text).data.id;

it.each(['orders', 'customers'] as const)(
  'makes one of 200 identical requests for %s, and tells everybody so or to come again',
  async (table) => {
    const before = await rowsOf(table);
    const body = table === 'orders' ? order(2) : JSON.stringify({ email: 'new@once.test' });
    const request: ApiRequest = { key, path: `/${table}`, body, once: 'the same' };
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(shop, request)));
    const made = (await rowsOf(table)).filter((id) => !before.includes(id));
    expect(made).toHaveLength(1);
    const first = answers.filter(({ status, replayed }) => status === 201 && !replayed);
    expect(first).toHaveLength(1);
    const running = answers.filter(({ status }) => status === 409);
    for (const { text } of running)
      expect(JSON.parse(text).error).toBe('A request with this Idempotency-Key is still running.');
    const replays = answers.filter(({ replayed }) => replayed);
    for (const { status, text } of replays) expect([status, text]).toEqual([201, first[0]?.text]);
    expect(1 + running.length + replays.length).toBe(200);
    const later = await post(shop, request);
    expect([later.status, later.replayed, idOf(later)]).toEqual([201, true, made[0]]);
    expect(await shop.wrongLevels(company)).toEqual([]);
    console.log(`${table}: 1 made, ${replays.length} replays, ${running.length} told to wait`);
  },
);

it('replays a write that has ended to everybody who asks at once', async () => {
  const request: ApiRequest = { key, path: '/orders', body: order(1), once: 'over' };
  const first = await post(shop, request);
  expect(first).toMatchObject({ status: 201, replayed: false });
  const replays = await Promise.all(Array.from({ length: 200 }, () => post(shop, request)));
  expect(replays).toEqual(replays.map(() => ({ ...first, replayed: true })));
});

it('refuses an empty key, which wrangler’s proxy would leave out', async () => {
  const answer = await post(shop, { key, path: '/orders', body: order(1), once: '' });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('Idempotency-Key must be between 1 and 255 characters.');
});

it("takes one of the month's places for 100 identical requests, and none for their replays", async () => {
  await shop.owner.query('update plan_usage set max_orders = 3 where company_id = $1', [
    company.id,
  ]);
  const send = (once: string) =>
    postUntilKnown(shop, { key, path: '/orders', body: order(1), once });
  await setFaults({ match: 'begin_idempotent', dropAfterCommitRate: 0.1 });
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => send(`order ${n % 3}`)));
  await setFaults({});
  expect(answers.every(({ status }) => status === 201)).toBe(true);
  expect(await rowsOf('orders')).toHaveLength(3);
  expect((await send('order 3')).status).toBe(422);
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it(
  'makes nothing twice in thousands of interleavings with lost answers',
  async () => {
    const random = seeded(SEED);
    const upTo = (max: number) => Math.floor(random() * max);
    const keys = [key, await apiKey(company), await apiKey(company)];
    await setFaults({ match: 'begin_idempotent', dropAfterCommitRate: 0.02, errorRate: 0.01 });
    /** What every key was answered with first, and the body that won it. */
    const known = new Map<string, { text: string; body: string }>();
    const figures = { requests: 0, made: 0, replays: 0, reused: 0, running: 0, unknown: 0 };
    const wrong: string[] = [];
    const end = Date.now() + SECONDS * 1000;
    const client = async () => {
      while (figures.requests < REQUESTS && Date.now() < end) {
        // The newest keys are the ones many are at, each of them with one of two bodies.
        const at = Math.floor(figures.requests / 12);
        const once = `key ${Math.max(0, at - upTo(4))}`;
        const isOrder = Number(once.slice(4)) % 2 === 0;
        const variant = upTo(10) === 0 ? 2 : 1;
        const body = isOrder
          ? order(variant)
          : JSON.stringify({
              email: `${once.replace(' ', '-')}@once.test`,
              notes: String(variant),
            });
        const path = isOrder ? '/orders' : '/customers';
        figures.requests += 1;
        const answer = await post(shop, { key: keys[upTo(3)] ?? key, path, body, once });
        const { status, text, replayed } = answer;
        if (status === 0 || status === 500) figures.unknown += 1;
        else if (status === 409) figures.running += 1;
        else if (status === 422) figures.reused += 1;
        else if (status === 201) {
          figures[replayed ? 'replays' : 'made'] += 1;
          const first = known.get(once) ?? { text, body };
          known.set(once, first);
          if (first.text !== text || first.body !== body)
            wrong.push(`${once}: ${first.text} ${text}`);
        } else wrong.push(`${once}: ${status} ${text}`);
        if ((status === 409 || status === 422) && !text.includes('Idempotency-Key'))
          wrong.push(`${once}: ${status} ${text}`);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    await setFaults({});
    expect(wrong).toEqual([]);
    const { rows } = await shop.owner.query<{ key: string; id: string }>(
      `select key, answer ->> 'id' as id from idempotency_keys where company_id = $1`,
      [company.id],
    );
    const answers = new Map(rows.map((row) => [row.id, row.key]));
    // Every row has a key of its own, and every key a row: nothing was made twice, or without its answer being kept.
    expect(answers.size).toBe(rows.length);
    const made = [...(await rowsOf('orders')), ...(await rowsOf('customers'))];
    expect(made.length).toBe(rows.length + 1);
    expect(made.filter((id) => !answers.has(id))).toHaveLength(1);
    for (const [once, { text }] of known) expect(answers.get(JSON.parse(text).data.id)).toBe(once);
    expect(await shop.wrongLevels(company)).toEqual([]);
    expect(await shop.wrongTotals(company)).toEqual([]);
    expect(figures.replays).toBeGreaterThan(100);
    console.log(`Idempotency, seed ${SEED}: 0 duplicates of ${rows.length} writes,`, figures);
  },
  (SECONDS + 120) * 1000,
);
