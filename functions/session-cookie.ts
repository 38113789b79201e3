import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isId } from '#db/ids.ts';
import { DAY_MS } from '#src/lib/durations.ts';
import { parseKeys, signToken, verifyToken } from '#src/lib/tokens.ts';
import { type Session, SESSION_DAYS } from '#src/session.ts';
import type { AppEnv } from './app-env.ts';

/**
 * What signs a browser in. A cookie only names the session and its company; whether the session still lives, belongs
 * here, and what its owner may do, the database says anew in every request.
 */
export const sessionCookie = {
  staff: cookie('staff_session', SESSION_DAYS.staff, () => '/'),
  // The path keeps the stores' cookies apart.
  customer: cookie('customer_session', SESSION_DAYS.customer, (slug: string) => `/store/${slug}`),
};

function cookie<Where extends string[]>(
  name: 'staff_session' | 'customer_session',
  days: number,
  pathOf: (...where: Where) => string,
) {
  return {
    async set(c: Context<AppEnv>, session: Session, ...where: Where): Promise<void> {
      const claims = { sid: session.sessionId, cid: session.companyId };
      setCookie(c, name, await signToken(parseKeys(c.env.SESSION_KEYS), name, claims), {
        path: pathOf(...where),
        httpOnly: true,
        sameSite: 'Lax',
        secure: new URL(c.req.url).protocol === 'https:',
        maxAge: (days * DAY_MS) / 1000,
      });
    },

    async read(c: Context<AppEnv>): Promise<Session | null> {
      const token = getCookie(c, name);
      if (!token) return null;
      const keys = parseKeys(c.env.SESSION_KEYS);
      const { sid, cid } = (await verifyToken(keys, name, token, new Date())) ?? {};
      if (typeof sid !== 'string' || typeof cid !== 'string') return null;
      return isId('session', sid) && isId('company', cid)
        ? { sessionId: sid, companyId: cid }
        : null;
    },

    clear(c: Context<AppEnv>, ...where: Where): void {
      deleteCookie(c, name, { path: pathOf(...where) });
    },
  };
}
