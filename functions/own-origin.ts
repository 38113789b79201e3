/**
 * Where people and programs find this installation, without a slash at the end. A request knows where it was asked, but
 * a job does not, and what both of them send has to be the same.
 * @throws Error when `PUBLIC_URL` does not say
 */
export function ownOrigin({ PUBLIC_URL }: Pick<Env, 'PUBLIC_URL'>): string {
  const url = URL.parse(PUBLIC_URL);
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`)
    throw new Error(UNKNOWN);
  return url.origin;
}

const UNKNOWN =
  'PUBLIC_URL has to be the address this installation is found at, like "https://orders.example.com" (wrangler.toml).';
