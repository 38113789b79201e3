import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '#functions/app-env.ts';
import { logError, loggedPath, logRequest } from '#functions/log.ts';
import type { Ctx } from '#src/context.ts';

/** One line a request. The query is left out: it holds what people searched for. */
export const logLine = createMiddleware<AppEnv>(async function logLine(c, next) {
  const started = performance.now();
  await next();
  const { status } = c.res;
  const line = {
    requestId: c.var.requestId,
    method: c.req.method,
    path: loggedPath(c.req.path),
    status,
    ms: Math.round(performance.now() - started),
    ...viewer(c.get('ctx')),
  };
  if (status >= 500) logError('request', line);
  else logRequest(line);
});

function viewer(ctx: Ctx | undefined): { company?: string; actor?: string | undefined } {
  if (ctx?.api) return { company: ctx.api.companyId, actor: ctx.api.keyId };
  if (ctx?.entry.kind === 'staff') {
    return { company: ctx.entry.companyId, actor: ctx.staff?.userId };
  }
  if (ctx?.store) {
    const { store, customer } = ctx;
    return { company: store.companyId, actor: customer?.contactId ?? customer?.customerId };
  }
  return {};
}
