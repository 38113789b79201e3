import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '#functions/app-env.ts';
import { AppError } from '#src/lib/errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request that another site may have sent with our cookies, whatever its content type. The browser's
 * own `Sec-Fetch-Site` decides; browsers that send none send `Origin` with every form, and no browser sends neither.
 */
export const sameOrigin = createMiddleware<AppEnv>(async function sameOrigin(c, next) {
  const site = c.req.header('sec-fetch-site');
  const isOurs = () =>
    site === undefined
      ? c.req.header('origin') === new URL(c.req.url).origin
      : site === 'same-origin';
  if (!SAFE.has(c.req.method) && !isOurs()) {
    throw new AppError(
      'forbidden',
      'This request did not come from one of our pages. Open the page again and retry from there.',
    );
  }
  await next();
});
