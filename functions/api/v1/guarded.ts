import type { Context } from 'hono';
import type { Guard } from '#src/context.ts';
import { Replayed } from '#src/lib/errors.ts';
import { etag, ifMatch } from '#src/lib/etag.ts';
import { sha256 } from '#src/lib/sha256.ts';
import type { AppEnv } from '../../app-env.ts';

/**
 * Runs a write, once for each `Idempotency-Key` and only on what `If-Match` names. A write that has happened already is
 * not run again: its first answer is read from what was kept.
 * @param resource what the write is about, its id known before it happens
 * @param read makes of what was kept what `write` returned then
 * @throws AppError conflict (still running), rule (the key of another body),
 *   changed_meanwhile, and all that `write` throws
 */
export async function guarded<T>(
  c: Context<AppEnv>,
  resource: Guard['resource'],
  write: () => Promise<T>,
  read: (kept: unknown) => T,
): Promise<T> {
  c.var.ctx.guard = {
    resource,
    // Only what changes a resource takes it (PatchHeaders).
    etags: c.req.method === 'PATCH' ? ifMatch(c.req.header('If-Match')) : null,
    once: await onceOnly(c),
  };
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Replayed)) throw error;
    c.header('Idempotent-Replayed', 'true');
    return read(error.answer);
  }
}

async function onceOnly(c: Context<AppEnv>): Promise<Guard['once']> {
  const key = c.req.header('Idempotency-Key');
  if (key === undefined) return null;
  // As it was sent: decoded, a path can hold what cannot be stored.
  const route = `${c.req.method} ${new URL(c.req.url).pathname}`;
  return { route, key, fingerprint: await sha256(await c.req.text()) };
}

/** Says which version of a single resource an answer is. */
export function setEtag(c: Context<AppEnv>, row: { version: number; stock?: number }): void {
  c.header('ETag', etag(row));
}
