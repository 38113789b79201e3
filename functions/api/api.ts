import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../app-env.ts';
import { asAppError, errorJson } from '../error-response.tsx';
import { byAddress } from './v1/rate-limit.ts';
import { v1 } from './v1/router.ts';

const noStore = createMiddleware<AppEnv>(async function noStore(c, next) {
  c.header('Cache-Control', 'no-store');
  await next();
});

/** Everything under `/api`: the versions, and a hint for whoever forgot theirs. */
export const api = new Hono<AppEnv>()
  .onError((error, c) => errorJson(c, asAppError(c, error)))
  .use(noStore)
  .route('/v1', v1)
  .all('*', byAddress, () => {
    throw new AppError(
      'not_found',
      'There is nothing at this path. The version prefix is required: /api/v1/...',
    );
  });
