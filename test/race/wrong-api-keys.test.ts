import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { count } from '../prove.ts';
import { workerdMemory } from '../workerd-process.ts';
import { Shop } from './shop.ts';

const KEYS = count(1000, 10_000);
const ADDRESSES = 100;
/** What each key took when an object was made for it. */
const OBJECT_KIB = 114;

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

/** Requests with keys nobody has, from as many addresses in turn. */
async function tryKeys(keys: number, network: string): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let n = 0; n < keys; n += 1) {
    const response = await fetch(`${shop.worker.url}/api/v1/customers`, {
      headers: {
        Authorization: `Bearer dk_${randomBytes(32).toString('base64url')}`,
        'CF-Connecting-IP': `${network}.${n % ADDRESSES}`,
      },
    });
    await response.arrayBuffer();
    statuses.add(response.status);
  }
  return statuses;
}

// On bare workerd: wrangler's local proxy grows with every request, whatever is asked.
it('keeps no memory for API keys that do not exist', async () => {
  await tryKeys(2000, '198.18.1');
  const before = workerdMemory();
  const statuses = await tryKeys(KEYS, '198.18.2');
  const grownKib = (workerdMemory() - before) * 1024;
  expect([...statuses]).toEqual([401]);
  // What is not yet collected is a fifth of an object for each of 1,000 keys, and less for each of 10,000.
  expect(grownKib / KEYS).toBeLessThan(OBJECT_KIB / 2);
}, 600_000);
