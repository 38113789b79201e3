import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';
import { announceDue, requestContext } from '../request-context.ts';

/** Pages for whoever comes by. */
export const visitor = createMiddleware<AppEnv>(async function visitor(c, next) {
  c.set('ctx', requestContext(c, { kind: 'nobody' }));
  await next();
  announceDue(c);
});
