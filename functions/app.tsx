import { Hono } from 'hono';
import { AppError } from '#src/lib/errors.ts';
import { api } from './api/api.ts';
import type { AppEnv } from './app-env.ts';
import { dashboard } from './dashboard/dashboard.ts';
import { asAppError, errorJson, errorPage } from './error-response.tsx';
import { developmentOnly } from './middleware/development-only.ts';
import { logLine } from './middleware/log-line.ts';
import { requireConfiguration } from './middleware/require-configuration.ts';
import { requestId } from './middleware/request-id.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { site } from './site/site.ts';
import { storefront } from './storefront/storefront.tsx';

/** Everything the Worker answers over HTTP. */
export function createApp() {
  const app = new Hono<AppEnv>();
  app.use(requestId, logLine, securityHeaders, requireConfiguration);
  app.route('/api', api);
  app.route('/dashboard', dashboard);
  app.route('/store', storefront);
  app.route('/', site);

  app.get('/dev/routes.json', developmentOnly, (c) =>
    c.json({ data: app.routes.map(({ method, path }) => ({ method, path })) }),
  );

  app.notFound((c) => errorPage(c, new AppError('not_found', 'There is no page at this address.')));
  app.onError((error, c) => {
    const failure = asAppError(c, error);
    return c.req.path.startsWith('/api/') ? errorJson(c, failure) : errorPage(c, failure);
  });
  return app;
}
