import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { shorten } from '#src/lib/shorten.ts';
import type { AppEnv } from './app-env.ts';
import { hostCookie, isHttps } from './host-cookie.ts';
import type { Flash } from './views/notice.tsx';

const COOKIE = 'flash';
/** Characters (code points) of a message. */
const TEXT_MAX = 300;

/** What the cookie holds. Clients can forge it, and a view would draw a list of any length. */
const Sent = z.tuple([
  z.enum(['info', 'success', 'warning', 'danger'] satisfies Flash['tone'][]),
  z.string().max(2 * TEXT_MAX),
]);

/** A message for the next page, shown once. */
export function setFlash(c: Context<AppEnv>, { tone, text }: Flash): void {
  setCookie(c, hostCookie(c, COOKIE, '/'), JSON.stringify([tone, shorten(text, TEXT_MAX - 1)]), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isHttps(c),
    maxAge: 60,
  });
}

export function takeFlash(c: Context<AppEnv>): Flash | undefined {
  const name = hostCookie(c, COOKIE, '/');
  const cookie = getCookie(c, name);
  if (!cookie) return undefined;
  deleteCookie(c, name, { path: '/', secure: isHttps(c) });
  try {
    const [tone, text] = Sent.parse(JSON.parse(cookie));
    return { tone, text };
  } catch {
    return undefined;
  }
}
