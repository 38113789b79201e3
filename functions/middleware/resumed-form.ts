import { createMiddleware } from 'hono/factory';
import { CARRIED, CARRIED_MAX, readCarried } from '../accounts/carried-form.ts';
import type { AppEnv } from '../app-env.ts';
import { limitBody } from './limit-body.ts';

/**
 * Behind a log-in, after the session's own middleware: recognises a form that the log-in has carried here. Its fields are
 * in `c.var.resumed` and are what `formBody` answers. It is only shown again, so the database refuses every write of this
 * request: nothing is done without a new press.
 */
export const resumedForm = createMiddleware<AppEnv>(async function resumedForm(c, next) {
  const type = c.req.header('Content-Type') ?? '';
  if (c.req.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded')) {
    return next();
  }
  return limitBody(c, async () => {
    const body = await c.req.text();
    if (body.startsWith(`${CARRIED}=`)) {
      const field = body.slice(0, body.indexOf('&') === -1 ? body.length : body.indexOf('&'));
      const text = new URLSearchParams(field).get(CARRIED) ?? '';
      const carried = text.length <= CARRIED_MAX ? readCarried(text) : null;
      if (carried) {
        c.set('resumed', carried);
        c.var.ctx.readsOnly = true;
      }
    }
    await next();
  });
});
