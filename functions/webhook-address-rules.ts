import type { UrlRules } from '#src/webhooks/public-url.ts';

/**
 * Where the webhooks of this installation may point to. Only development and tests may allow more than the public.
 * @param origin where we answer ourselves
 */
export function addressRules({ DEV, WEBHOOK_ALLOW }: Env, origin: string): UrlRules {
  const isDevelopment = DEV === '1';
  return {
    allowHttp: isDevelopment,
    allow: isDevelopment ? WEBHOOK_ALLOW.split(',').filter((host) => host !== '') : [],
    ownHosts: [new URL(origin).hostname],
  };
}
