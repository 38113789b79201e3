import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { AppEnv } from './app-env.ts';
import type { Flash } from './views/notice.tsx';

const COOKIE = 'flash';

/** A message for the next page, shown once. */
export function setFlash(c: Context<AppEnv>, flash: Flash): void {
  setCookie(c, COOKIE, JSON.stringify([flash.tone, flash.text]), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: new URL(c.req.url).protocol === 'https:',
    maxAge: 60,
  });
}

export function takeFlash(c: Context<AppEnv>): Flash | undefined {
  const cookie = getCookie(c, COOKIE);
  if (!cookie) return undefined;
  deleteCookie(c, COOKIE, { path: '/' });
  try {
    const [tone, text] = JSON.parse(cookie) as [Flash['tone'], string];
    return { tone, text };
  } catch {
    return undefined;
  }
}
