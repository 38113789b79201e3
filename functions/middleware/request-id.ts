import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '#functions/app-env.ts';
import { isDevelopment } from '#functions/is-development.ts';
import { randomId } from '#src/lib/random-id.ts';

/**
 * Names the request in `c.var.requestId`, in `X-Request-Id` on every answer and in every log line. The name is ours:
 * only in development is a well-formed one from outside kept, so that tests can find their own lines.
 */
export const requestId = createMiddleware<AppEnv>(async function requestId(c, next) {
  const given = isDevelopment(c.env) ? c.req.header('x-request-id') : undefined;
  const id = given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : randomId();
  c.set('requestId', id);
  await next();
  c.res.headers.set('x-request-id', id);
});
