import { decide, record } from './sliding-window.ts';

/** `failures` wrong passwords from one address for one account, then a wait that doubles with each further one. */
export type LockRule = { failures: number; lockMs: number; maxLockMs: number; forgetMs: number };
/** At most `failures` wrong passwords from one address within `windowMs`, whatever the accounts. */
export type WindowRule = { failures: number; windowMs: number };
export type LoginLimits = { account: LockRule; address: WindowRule };

const MINUTE = 60_000;

/** "Log-in": 5 failures, then 1 minute doubling to 15; 50 failures in 15 minutes for the whole address. */
export const LOGIN_LIMITS: LoginLimits = {
  account: { failures: 5, lockMs: MINUTE, maxLockMs: 15 * MINUTE, forgetMs: 60 * MINUTE },
  address: { failures: 50, windowMs: 15 * MINUTE },
};

/** The limits with what `text` (JSON, any part of `LoginLimits`) overrides. Throws on a rule that would not hold. */
export function parseLoginLimits(text = ''): LoginLimits {
  const given = givenLimits(text);
  const limits = {
    account: { ...LOGIN_LIMITS.account, ...given.account },
    address: { ...LOGIN_LIMITS.address, ...given.address },
  };
  const numbers = [...Object.values(limits.account), ...Object.values(limits.address)];
  if (!numbers.every((value) => Number.isInteger(value) && value > 0)) {
    throw new Error('LOGIN_LIMITS must hold positive whole numbers only.');
  }
  if (limits.account.forgetMs < limits.account.maxLockMs) {
    throw new Error('LOGIN_LIMITS: account.forgetMs must not be shorter than account.maxLockMs.');
  }
  return limits;
}

function givenLimits(text: string): Partial<LoginLimits> {
  try {
    const given: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof given === 'object' && given !== null) return given;
  } catch {
    // Said below.
  }
  throw new Error('LOGIN_LIMITS must be empty, or limits as JSON (src/lib/throttle.ts).');
}

/** Unforgiven attempts on one account from one address; moments in Unix milliseconds. */
export type LockState = { failures: number; lastAt: number; lockedUntil: number };

/** `retryAfter` in seconds, 0 when allowed. A refused attempt leaves the state as it was. */
export type Attempt<State> = { allowed: boolean; retryAfter: number; state: State };

/**
 * Counts an attempt as a failure before its password is looked at, so that parallel guesses cannot all pass; the
 * right password forgives it. From the last free failure on, each one locks for twice as long as the one before.
 */
export function attemptLocked(
  rule: LockRule,
  previous: LockState | undefined,
  now: number,
): Attempt<LockState> {
  const fresh = { failures: 0, lastAt: now, lockedUntil: 0 };
  const state = previous && now - previous.lastAt < rule.forgetMs ? previous : fresh;
  if (now < state.lockedUntil) {
    return { allowed: false, retryAfter: Math.ceil((state.lockedUntil - now) / 1000), state };
  }
  const failures = state.failures + 1;
  const doublings = failures - rule.failures;
  const lockMs = doublings < 0 ? 0 : Math.min(rule.lockMs * 2 ** doublings, rule.maxLockMs);
  return {
    allowed: true,
    retryAfter: 0,
    state: { failures, lastAt: now, lockedUntil: now + lockMs },
  };
}

/** The same for a whole address; the state is the moments of its unforgiven attempts, oldest first. */
export function attemptInWindow(
  rule: WindowRule,
  previous: readonly number[] = [],
  now: number,
): Attempt<readonly number[]> {
  const state = [...previous];
  const decision = decide(state, rule.failures, rule.windowMs, now);
  record(state, decision);
  return { allowed: decision.accepted, retryAfter: decision.retryAfter, state };
}
