import { createMiddleware } from 'hono/factory';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../app-env.ts';
import { announceDue, requestContext } from '../request-context.ts';
import { sessionCookie } from '../session-cookie.ts';

/** Pages behind a staff log-in: names the session; the first batch of the request checks it. */
export const staffSession = createMiddleware<AppEnv>(async function staffSession(c, next) {
  const session = await sessionCookie.staff.read(c);
  if (!session) throw new AppError('unauthorized', 'Please log in.');
  c.set('ctx', requestContext(c, { kind: 'staff', ...session }));
  await next();
  const { staff } = c.var.ctx;
  if (staff?.renewed) {
    await sessionCookie.staff.set(c, { ...session, endsAt: new Date(staff.sessionEndsAt) });
  }
  announceDue(c);
});
