import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { inTurn } from '../hostile.ts';
import { PUBLIC_URL, server } from '../server.ts';
import { workerdMemory } from '../workerd-process.ts';

/** `PROVE=1` (`npm run prove -- wrong-api-keys`) tries as many as it takes to see memory grow. */
const PROVE = process.env['PROVE'] !== undefined;
const KEYS = PROVE ? 10_000 : 300;
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
  const count = async (kind: string) => (await worker.listDurableObjectIds(kind)).length;
  const [limiters, keys, addresses] = [
    await count('API_LIMITER'),
    await count('API_KEYS'),
    await count('ADDRESS_LIMITER'),
  ];
  return { limiters, keys, addresses };
}

it(`makes no object for any of ${KEYS} keys that do not exist, from ${ADDRESSES} addresses`, async () => {
  const before = await objects();
  await tryKeys(KEYS / 5, '198.18.1');
  const memory = workerdMemory();
  expect(await tryKeys(KEYS, '198.18.2')).toEqual(new Map([[401, KEYS]]));
  const grown = workerdMemory() - memory;
  const after = await objects();
  expect(after.limiters).toBe(before.limiters);
  expect(after.keys - before.keys).toBeLessThanOrEqual(SHARDS.keys);
  expect(after.addresses - before.addresses).toBeLessThanOrEqual(SHARDS.addresses);
  if (PROVE) {
    console.log(`${KEYS} wrong keys: ${grown.toFixed(0)} MiB more, ${JSON.stringify(after)}`);
    // An object for each key took 114 KB: over a gibibyte.
    expect(grown).toBeLessThan(100);
  }
}, 3_600_000);
