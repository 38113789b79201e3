import type { LoginLimits } from '#src/lib/throttle.ts';
import type { LoginThrottle } from './login-throttle.ts';

/** `realm` keeps staff and each store's customers apart; `address` is the client's. */
type LoginSubject = { realm: string; account: string; address: string };

export type LoginAttempt =
  | { allowed: true; succeed: () => Promise<void> }
  | { allowed: false; retryAfter: number };

/**
 * Asks for leave to try one password, before it is hashed: the attempt counts as failed until `succeed`. Fails
 * closed: an error here must end the log-in. Never by account alone, or a stranger could lock its owner out.
 */
export async function beginLogin(
  throttles: DurableObjectNamespace<LoginThrottle>,
  limits: LoginLimits,
  { realm, account, address }: LoginSubject,
): Promise<LoginAttempt> {
  const byAccount = throttles.getByName(JSON.stringify([realm, account, address]));
  const byAddress = throttles.getByName(JSON.stringify([address]));
  // First, so that an address whose window is full makes no object for each account it names.
  const full = await byAddress.beginInWindow(limits.address);
  if (!full.allowed) return { allowed: false, retryAfter: full.retryAfter };
  const locked = await byAccount.beginLocked(limits.account);
  if (!locked.allowed) {
    await byAddress.forgiveOne();
    return { allowed: false, retryAfter: locked.retryAfter };
  }
  const succeed = async () => {
    await Promise.all([byAccount.forget(), byAddress.forgiveOne()]);
  };
  return { allowed: true, succeed };
}
