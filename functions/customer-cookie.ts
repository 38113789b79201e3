import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Id, isId } from '#db/ids.ts';
import { parseKeys, signToken, verifyToken } from '#src/lib/tokens.ts';
import type { AppEnv } from './app-env.ts';

const COOKIE = 'customer_session';
const DAYS_7 = 7 * 86_400;

export type CustomerSession = { sessionId: Id<'session'>; companyId: Id<'company'> };

/**
 * Signs the browser in at one store: the path keeps the stores' cookies apart. It only names the session and its company;
 * whether the session still lives, and belongs to this store, the database says anew in every request.
 */
export async function setCustomerCookie(
  c: Context<AppEnv>,
  { sessionId, companyId }: CustomerSession,
  slug: string,
): Promise<void> {
  const token = await signToken(parseKeys(c.env.SESSION_KEYS), 'customer_session', {
    sid: sessionId,
    cid: companyId,
  });
  setCookie(c, COOKIE, token, {
    path: pathOf(slug),
    httpOnly: true,
    sameSite: 'Lax',
    secure: new URL(c.req.url).protocol === 'https:',
    maxAge: DAYS_7,
  });
}

export async function readCustomerCookie(c: Context<AppEnv>): Promise<CustomerSession | null> {
  const token = getCookie(c, COOKIE);
  if (!token) return null;
  const keys = parseKeys(c.env.SESSION_KEYS);
  const { sid, cid } = (await verifyToken(keys, 'customer_session', token, new Date())) ?? {};
  if (typeof sid !== 'string' || typeof cid !== 'string') return null;
  return isId('session', sid) && isId('company', cid) ? { sessionId: sid, companyId: cid } : null;
}

export function clearCustomerCookie(c: Context<AppEnv>, slug: string): void {
  deleteCookie(c, COOKIE, { path: pathOf(slug) });
}

const pathOf = (slug: string) => `/store/${slug}`;
