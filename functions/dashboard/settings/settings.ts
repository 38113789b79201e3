import { Hono } from 'hono';
import { staffOf } from '#src/context.ts';
import { roleMay } from '#src/permissions.ts';
import { checkViewer } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';

/** `/dashboard/settings`: to the first section one may see. */
export const settings = new Hono<AppEnv>().get('/settings', async (c) => {
  await checkViewer(c.var.ctx, 'dashboard:read');
  const first = roleMay(staffOf(c.var.ctx).role, 'company:write') ? 'company' : 'profile';
  return c.redirect(`/dashboard/settings/${first}`, 303);
});
