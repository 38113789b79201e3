import { DurableObject } from 'cloudflare:workers';
import { sha256 } from '#src/lib/sha256.ts';

export { AddressLimiter } from '#functions/objects/address-limiter.ts';
export { ApiLimiter } from '#functions/objects/api-limiter.ts';
export { LoginThrottle } from '#functions/objects/login-throttle.ts';

/** The configuration is ours and names it; no measured route hashes a password. */
export class PasswordHashing extends DurableObject {}

type FloorEnv = Env & { DATABASE_ENDPOINT: string; DATABASE_URL: string; BATCHES: string };

/** The batches our Worker was seen to send, by path; `{hash}` stands where the key's hash was. */
let batches: Record<string, string> | undefined;

/**
 * The floor: the same batch to the same endpoint and the same Durable Object calls as the route it is compared with,
 * and nothing else: no framework, no driver, no mapping, no rendering. `/hello` and `/healthz` do not even do that.
 */
export default {
  async fetch(request: Request, env: FloorEnv): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname === '/healthz' || pathname === '/hello') return new Response('ok');
    batches ??= JSON.parse(env.BATCHES) as Record<string, string>;
    let body = batches[pathname + search] ?? '';
    const key = request.headers.get('Authorization')?.slice('Bearer '.length);
    if (key) {
      const hash = await sha256(key);
      const limiter = env.API_LIMITER.getByName(hash);
      const taken = await limiter.take();
      if (!taken.accepted) return new Response('too many', { status: 429 });
      if (taken.key === 'probe') await limiter.confirm(taken.takenAt, taken.limit);
      body = body.replace('{hash}', hash);
    }
    const answer = await fetch(env.DATABASE_ENDPOINT, {
      method: 'POST',
      body,
      headers: {
        'Neon-Connection-String': env.DATABASE_URL,
        'Neon-Raw-Text-Output': 'true',
        'Neon-Array-Mode': 'true',
      },
    });
    const { results } = await answer.json<{ results: { rows: unknown[] }[] }>();
    return Response.json(results.at(-1)?.rows);
  },
};
