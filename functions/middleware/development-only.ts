import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';
import { isDevelopment } from '../is-development.ts';

/** Outside development these pages do not exist. */
export const developmentOnly = createMiddleware<AppEnv>(async function developmentOnly(c, next) {
  if (!isDevelopment(c.env)) return c.notFound();
  return next();
});
