export type WindowDecision = {
  accepted: boolean;
  /** How many more requests the window would accept right now. */
  remaining: number;
  /** Unix seconds, rounded up, when the oldest counted request leaves the window. */
  resetAt: number;
  /** Seconds until the next request can be accepted; 0 when this one was. */
  retryAfter: number;
  /** The moment this request counts at, in Unix milliseconds. */
  at: number;
  /** How many of the oldest moments have left the window. */
  expired: number;
};

/**
 * Exact sliding window: at most `limit` requests are accepted in any half-open span of `windowMs`, and none is refused
 * below that. `log` holds the accepted moments in Unix milliseconds, oldest first. A clock that steps back is held at
 * the newest of them, so that it can never open the window early.
 */
export function decide(
  log: readonly number[],
  limit: number,
  windowMs: number,
  now: number,
): WindowDecision {
  const at = Math.max(now, log.at(-1) ?? now);
  let expired = 0;
  while (expired < log.length && at - (log[expired] ?? at) >= windowMs) expired += 1;
  const counted = log.length - expired;
  const accepted = counted < limit;
  // The limit may have been lowered since: then more than one has to leave before the next may enter.
  const blocking = log[log.length - limit] ?? at;
  return {
    accepted,
    remaining: Math.max(0, limit - counted - 1),
    resetAt: Math.ceil(((log[expired] ?? at) + windowMs) / 1000),
    retryAfter: accepted ? 0 : Math.ceil((blocking + windowMs - at) / 1000),
    at,
    expired,
  };
}

/** Brings `log` up to date with a decision made about it: in place, as a busy log is long. */
export function record(log: number[], { accepted, at, expired }: WindowDecision): void {
  log.splice(0, expired);
  if (accepted) log.push(at);
}
