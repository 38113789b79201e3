import type { Context } from 'hono';

export const isHttps = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';

/**
 * What a cookie is called: over https, where it is for all paths, with the prefix that keeps other hosts of the domain from
 * setting it.
 */
export function hostCookie(c: Context, name: string, path: string): string {
  return path === '/' && isHttps(c) ? `__Host-${name}` : name;
}
