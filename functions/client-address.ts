import type { Context } from 'hono';
import { clientNetwork } from '#src/lib/client-network.ts';
import type { AppEnv } from './app-env.ts';

/** No address is written in more characters. */
const ADDRESS_MAX = 64;

/** What this client is counted by: Cloudflare's word for its address, never a header anybody can send. */
export function clientAddress(c: Context<AppEnv>): string {
  return clientNetwork(c.req.header('CF-Connecting-IP') ?? 'unknown').slice(0, ADDRESS_MAX);
}
