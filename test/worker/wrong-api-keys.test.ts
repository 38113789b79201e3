import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { inTurn } from '../hostile.ts';
import { count } from '../prove.ts';
import { PUBLIC_URL, server } from '../server.ts';

const KEYS = count(300, 10_000);
const ADDRESSES = 100;

const worker = server.getWorker();
/** How many objects keys and addresses are spread over. */
const SHARDS = { keys: 32, addresses: 64 };

async function tryKeys(count: number, network: string): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  await inTurn(Array.from({ length: count }), async (_, n) => {
    const { status, body } = await server.fetch(`${PUBLIC_URL}/api/v1/customers`, {
      headers: {
        Authorization: `Bearer dk_${randomBytes(32).toString('base64url')}`,
        'CF-Connecting-IP': `${network}.${n % ADDRESSES}`,
      },
    });
    await body?.cancel();
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  return statuses;
}

/** How many objects of each kind there are. */
async function objects() {
  const made = async (kind: string) => (await worker.listDurableObjectIds(kind)).length;
  const [limiters, keys, addresses] = [
    await made('API_LIMITER'),
    await made('API_KEYS'),
    await made('ADDRESS_LIMITER'),
  ];
  return { limiters, keys, addresses };
}

it(`makes no object for any of ${KEYS} keys that do not exist, from ${ADDRESSES} addresses`, async () => {
  const before = await objects();
  await tryKeys(KEYS / 5, '198.18.1');
  expect(await tryKeys(KEYS, '198.18.2')).toEqual(new Map([[401, KEYS]]));
  const after = await objects();
  expect(after.limiters).toBe(before.limiters);
  expect(after.keys - before.keys).toBeLessThanOrEqual(SHARDS.keys);
  expect(after.addresses - before.addresses).toBeLessThanOrEqual(SHARDS.addresses);
}, 3_600_000);
