import type { UrlRules } from '#src/webhooks/public-url.ts';
import { isDevelopment } from './is-development.ts';

/**
 * Where the webhooks of this installation may point to. Only development and tests may allow more than the public.
 * @param origin where we answer ourselves
 */
export function addressRules(env: Env, origin: string): UrlRules {
  const development = isDevelopment(env);
  return {
    allowHttp: development,
    allow: development ? env.WEBHOOK_ALLOW.split(',').filter((host) => host !== '') : [],
    ownHosts: [new URL(origin).hostname],
  };
}
