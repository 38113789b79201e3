import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Id, isId } from '#db/ids.ts';
import { parseKeys, signToken, verifyToken } from '#src/lib/tokens.ts';
import type { AppEnv } from './app-env.ts';

const COOKIE = 'staff_session';
const DAYS_30 = 30 * 86_400;

export type StaffSession = { sessionId: Id<'session'>; companyId: Id<'company'> };

/**
 * Signs the browser in. The cookie only names the session; whether it still lives, and what its owner may do, the
 * database says anew in every request.
 */
export async function setStaffCookie(c: Context<AppEnv>, session: StaffSession): Promise<void> {
  const token = await signToken(parseKeys(c.env.SESSION_KEYS), 'staff_session', {
    sid: session.sessionId,
    cid: session.companyId,
  });
  setCookie(c, COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: new URL(c.req.url).protocol === 'https:',
    maxAge: DAYS_30,
  });
}

export async function readStaffCookie(c: Context<AppEnv>): Promise<StaffSession | null> {
  const token = getCookie(c, COOKIE);
  if (!token) return null;
  const claims = await verifyToken(
    parseKeys(c.env.SESSION_KEYS),
    'staff_session',
    token,
    new Date(),
  );
  const { sid, cid } = claims ?? {};
  if (typeof sid !== 'string' || typeof cid !== 'string') return null;
  return isId('session', sid) && isId('company', cid) ? { sessionId: sid, companyId: cid } : null;
}

export function clearStaffCookie(c: Context<AppEnv>): void {
  deleteCookie(c, COOKIE, { path: '/' });
}
