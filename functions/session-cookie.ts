import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isId } from '#db/ids.ts';
import { DAY_MS } from '#src/lib/durations.ts';
import { signToken, verifyToken } from '#src/lib/tokens.ts';
import { type Session, SESSION_DAYS } from '#src/session.ts';
import type { AppEnv } from './app-env.ts';
import { configuration } from './configuration.ts';
import { hostCookie, isHttps } from './host-cookie.ts';

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
  purpose: 'staff_session' | 'customer_session',
  days: number,
  pathOf: (...where: Where) => string,
) {
  return {
    async set(c: Context<AppEnv>, session: Session, ...where: Where): Promise<void> {
      const claims = { sid: session.sessionId, cid: session.companyId };
      const path = pathOf(...where);
      const name = hostCookie(c, purpose, path);
      setCookie(c, name, await signToken(configuration(c.env).keys, purpose, claims), {
        path,
        httpOnly: true,
        sameSite: 'Lax',
        secure: isHttps(c),
        maxAge: Math.floor(
          (session.endsAt ? session.endsAt.getTime() - Date.now() : days * DAY_MS) / 1000,
        ),
      });
      if (name !== purpose && getCookie(c, purpose)) deleteCookie(c, purpose, { path });
    },

    async read(c: Context<AppEnv>): Promise<Session | null> {
      // Release 4c30be8 set the staff's cookie under its plain name; the release after the next reads only the other.
      const token = getCookie(c, hostCookie(c, purpose, '/')) ?? getCookie(c, purpose);
      if (!token) return null;
      const { keys } = configuration(c.env);
      const { sid, cid } = (await verifyToken(keys, purpose, token, new Date())) ?? {};
      if (typeof sid !== 'string' || typeof cid !== 'string') return null;
      return isId('session', sid) && isId('company', cid)
        ? { sessionId: sid, companyId: cid }
        : null;
    },

    clear(c: Context<AppEnv>, ...where: Where): void {
      const path = pathOf(...where);
      for (const name of new Set([hostCookie(c, purpose, path), purpose])) {
        deleteCookie(c, name, { path, secure: isHttps(c) });
      }
    },
  };
}
