import type { Context } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { clientAddress } from '../client-address.ts';
import { configuration } from '../configuration.ts';
import { beginLogin, type LoginAttempt } from '../objects/begin-login.ts';

/**
 * Counts one try of `realm` on this account from this address; see `beginLogin`.
 * @param account an id, or an email as the schemas have it
 */
export async function beginAttempt(
  c: Context<AppEnv>,
  realm: string,
  account: string,
): Promise<LoginAttempt> {
  return beginLogin(c.env.LOGIN_THROTTLE, configuration(c.env).loginLimits, {
    realm,
    account,
    address: clientAddress(c),
  });
}

/** Said to the signed-in person whose link was withheld (db/sql/limit-mails.sql). */
export const MAILED_ENOUGH =
  'No more mails can be sent to this address today. Open the newest link there, or try again tomorrow.';

/** Sets Retry-After and says, in words, how long to wait. */
export function waitMessage(c: Context<AppEnv>, retryAfter: number): string {
  c.header('Retry-After', String(retryAfter));
  const minutes = Math.ceil(retryAfter / 60);
  const wait = retryAfter <= 90 ? `${retryAfter} seconds` : `${minutes} minutes`;
  return `Too many attempts. Please wait ${wait} and try again.`;
}
