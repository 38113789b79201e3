import type { Context } from 'hono';
import type { Store } from '#src/context.ts';
import type { AppEnv } from '../app-env.ts';
import { storePath } from './store-path.ts';

/** Where to go after the log-in: a page of this store, whatever the address says. */
export function nextPath(c: Context<AppEnv>, store: Store): string {
  const { origin } = new URL(c.req.url);
  const next = c.req.query('next') ?? '';
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  const isOurs =
    url?.origin === origin &&
    next.startsWith('/') &&
    url.pathname.startsWith(storePath(store, '/'));
  return isOurs ? url.pathname + url.search : storePath(store, '/catalog');
}
