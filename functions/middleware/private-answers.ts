import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';

/** What people's data is in stays out of every cache, the browser's too: pages, files, redirects and errors alike. */
export const privateAnswers = createMiddleware<AppEnv>(async function privateAnswers(c, next) {
  await next();
  c.res.headers.set('Cache-Control', 'private, no-store');
});
