import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';

/** Outside development these pages do not exist. */
export const developmentOnly = createMiddleware<AppEnv>(async function developmentOnly(c, next) {
  if (!c.env.DEV) return c.notFound();
  return next();
});
