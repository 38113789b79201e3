import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { customerSessions, staffSessions } from '#db/schema/index.ts';
import { system } from '#src/tenant.ts';
import { context, freshCompany } from '../context.ts';
import { customerCookie } from '../server.ts';
import { browserOf, browserWith } from '../staff.ts';
import { registered } from '../storefront.ts';

const DAY_SECONDS = 86_400;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_SECONDS * 1000);

/** For how many seconds the browser keeps the cookie this answer sets; null = it sets none. */
function maxAge(headers: { getSetCookie(): string[] }, name: string): number | null {
  const cookie = headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
  return cookie === undefined ? null : Number(/Max-Age=(\d+)/.exec(cookie)?.[1]);
}

it('keeps a cookie of the staff for 30 days, and 90 from the log-in at most', async () => {
  const company = await freshCompany();
  const ask = await browserOf(company, 'OWNER');
  const path = '/dashboard/settings/profile';
  expect(maxAge((await ask(path)).headers, 'staff_session')).toBeNull();
  const ctx = context({ kind: 'nobody' });
  const begun = (days: number) =>
    system(ctx).batch([
      ctx.db
        .update(staffSessions)
        .set({ createdAt: daysAgo(days), lastSeenAt: daysAgo(1) })
        .where(eq(staffSessions.companyId, company.id)),
    ]);
  await begun(10);
  const soon = maxAge((await ask(path)).headers, 'staff_session') ?? 0;
  expect(Math.round(soon / DAY_SECONDS)).toBe(30);
  await begun(88);
  // The first of several batches extends it.
  const last = await ask(`${path}/verify`, {});
  expect(last).toMatchObject({ status: 303, roundTrips: 3 });
  expect(Math.round((maxAge(last.headers, 'staff_session') ?? 0) / DAY_SECONDS)).toBe(2);
  await begun(91);
  expect((await ask(path)).location).toMatch('/login');
});

it('keeps a cookie of a customer for 7 days from the last request', async () => {
  const company = await freshCompany();
  const { session } = await registered(company);
  const ask = browserWith(await customerCookie(session, company.id));
  const path = `/store/${company.slug}/account`;
  expect(maxAge((await ask(path)).headers, 'customer_session')).toBeNull();
  const ctx = context({ kind: 'nobody' });
  await system(ctx).batch([
    ctx.db
      .update(customerSessions)
      .set({ expiresAt: new Date(Date.now() + DAY_SECONDS * 1000) })
      .where(eq(customerSessions.id, session)),
  ]);
  const { headers, status } = await ask(path);
  expect(status).toBe(200);
  expect(maxAge(headers, 'customer_session')).toBe(7 * DAY_SECONDS);
  expect(headers.getSetCookie().join()).toContain(`Path=/store/${company.slug}`);
  expect(maxAge((await ask(path)).headers, 'customer_session')).toBeNull();
});
