import type { Context } from 'hono';
import type { AppEnv } from '../app-env.ts';

/**
 * Where to go after the log-in: the page `?next=` names, if it is one of ours.
 * @param under what the paths of such pages begin with
 * @param otherwise where to go without one
 */
export function nextPath(c: Context<AppEnv>, under: string, otherwise: string): string {
  return ownPath(c, c.req.query('next') ?? '', under, otherwise);
}

/** The path, if it is on this site and begins with `under`; otherwise the other one. */
export function ownPath(
  c: Context<AppEnv>,
  path: string,
  under: string,
  otherwise: string,
): string {
  const { origin } = new URL(c.req.url);
  const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
  const isOurs = url?.origin === origin && path.startsWith('/') && url.pathname.startsWith(under);
  return isOurs ? url.pathname + url.search : otherwise;
}
