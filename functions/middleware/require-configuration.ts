import { createMiddleware } from 'hono/factory';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../app-env.ts';
import { configuration } from '../configuration.ts';
import { logError } from '../log.ts';

/** Serves nothing but `/healthz`, which says why, while a setting is missing or broken. */
export const requireConfiguration = createMiddleware<AppEnv>(
  async function requireConfiguration(c, next) {
    if (c.req.path !== '/healthz') {
      try {
        configuration(c.env);
      } catch (error) {
        logError(error, { requestId: c.var.requestId });
        throw new AppError('internal', 'This installation is not set up. /healthz says why.');
      }
    }
    await next();
  },
);
