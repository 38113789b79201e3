import type { Context } from 'hono';
import type { AppEnv } from './app-env.ts';

/** Which part of a long list the address asks for, counted from 1; null = it does not say. */
export function partWanted(c: Context<AppEnv>): number | null {
  const part = Number(c.req.query('part'));
  return Number.isSafeInteger(part) && part >= 1 ? part : null;
}
