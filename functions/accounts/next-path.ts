import type { Context } from 'hono';
import type { AppEnv } from '../app-env.ts';

/**
 * Where to go after the log-in: the page `?next=` names, if it is one of ours.
 * @param under what the paths of such pages begin with
 * @param otherwise where to go without one
 */
export function nextPath(c: Context<AppEnv>, under: string, otherwise: string): string {
  const { origin } = new URL(c.req.url);
  const next = c.req.query('next') ?? '';
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  const isOurs = url?.origin === origin && next.startsWith('/') && url.pathname.startsWith(under);
  return isOurs ? url.pathname + url.search : otherwise;
}
