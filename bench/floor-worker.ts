import { DurableObject } from 'cloudflare:workers';
import { sha256 } from '#src/lib/sha256.ts';
import { utcMonth } from '#src/lib/utc-month.ts';

export { AddressLimiter } from '#functions/objects/address-limiter.ts';
export { ApiKeys } from '#functions/objects/api-keys.ts';
export { ApiLimiter } from '#functions/objects/api-limiter.ts';
export { LoginThrottle } from '#functions/objects/login-throttle.ts';
export { OrderPlaces } from '#functions/objects/order-places.ts';

/** The configuration is ours and names them; no measured route hashes a password or resizes an image. */
export class PasswordHashing extends DurableObject {}
export class ImageResizing extends DurableObject {}

type FloorEnv = Env & {
  DATABASE_ENDPOINT: string;
  DATABASE_URL: string;
  /**
   * As JSON, the batches our Worker was seen to send, by path. `{hash}` stands where the key's hash was, and in an order
   * `{id}`, `{session}` and `{product}` for what each has of its own.
   */
  BATCHES: string;
  /** Requests a minute of the company's keys. */
  RATE_LIMIT: string;
  /** As JSON: whose orders they are, by whom and of what. */
  SHOP: string;
};

let batches: Record<string, string> | undefined;
let shop: { companyId: `com_${string}`; sessions: string[]; products: string[] } | undefined;

/**
 * The floor: the same batch to the same endpoint and the same Durable Object calls as the route it is compared with,
 * and nothing else: no framework, no driver, no mapping, no rendering. `/hello` and `/healthz` do not even do that.
 */
export default {
  async fetch(request: Request, env: FloorEnv, ctx: ExecutionContext): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname === '/healthz' || pathname === '/hello') return new Response('ok');
    if (pathname === '/sends') return sends(await request.json());
    batches ??= JSON.parse(env.BATCHES) as Record<string, string>;
    let body = batches[pathname + search] ?? '';
    const key = request.headers.get('Authorization')?.slice('Bearer '.length);
    if (key) {
      const hash = await sha256(key);
      const limiter = env.API_LIMITER.getByName(hash);
      const taken = await limiter.take();
      if (!taken.accepted) return new Response('too many', { status: 429 });
      const limit = Number(env.RATE_LIMIT);
      if (taken.limit !== limit) await limiter.learn(limit, null);
      body = body.replace('{hash}', hash);
    }
    if (request.method === 'POST') return order(env, ctx, body, key ? 201 : 303);
    const { results } = await send(env, body);
    return Response.json(results.at(-1)?.rows);
  },
};

/** Webhook deliveries: the same bytes to the same receiver, some at once. */
async function sends({ url, body, times, atOnce }: Sends): Promise<Response> {
  let left = times;
  const one = async () => {
    while (left-- > 0) {
      const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return new Response('ok');
}

type Sends = { url: string; body: string; times: number; atOnce: number };

/** The same place asked for, the same call, and the object told; of others, by another, with an id of its own. */
async function order(
  env: FloorEnv,
  ctx: ExecutionContext,
  batch: string,
  status: number,
): Promise<Response> {
  shop ??= JSON.parse(env.SHOP) as NonNullable<typeof shop>;
  const { companyId, sessions, products } = shop;
  const id = crypto.randomUUID().replaceAll('-', '').slice(0, 26);
  const month = utcMonth(new Date());
  const places = env.ORDER_PLACES.getByName(`${companyId}:${month}`);
  if (!(await places.reserve({ companyId, month }, `ord_${id}`))) {
    return new Response('full', { status: 429 });
  }
  let next = Math.floor(Math.random() * products.length);
  const { results } = await send(
    env,
    batch
      .replaceAll('{id}', id)
      .replace('{session}', sessions[Math.floor(Math.random() * sessions.length)] ?? '')
      .replaceAll('{product}', () => products[(next += 7) % products.length] ?? ''),
  );
  ctx.waitUntil(places.confirm(`ord_${id}`));
  const placed = results.some(({ rows }) => JSON.stringify(rows).includes('"placed'));
  return new Response(null, { status: placed ? status : 409, headers: { Location: '/' } });
}

async function send(env: FloorEnv, body: string): Promise<{ results: { rows: unknown[] }[] }> {
  const answer = await fetch(env.DATABASE_ENDPOINT, {
    method: 'POST',
    body,
    headers: {
      'Neon-Connection-String': env.DATABASE_URL,
      'Neon-Raw-Text-Output': 'true',
      'Neon-Array-Mode': 'true',
    },
  });
  return answer.json();
}
