/** Seconds from each failed try to the next: eleven tries in about three days. */
export const WAITS = [
  5,
  30,
  5 * 60,
  30 * 60,
  2 * 3600,
  5 * 3600,
  10 * 3600,
  14 * 3600,
  20 * 3600,
  20 * 3600,
] as const;
/** A wait is up to a fifth shorter or longer, so that what failed together does not come back together. */
export const JITTER = 0.2;
const RETRY_AFTER_MAX = 24 * 3600;

/**
 * When a delivery is tried again, in seconds; null when that was the last try.
 * @param tries how many there have been; at least 1
 * @param answer its `Retry-After` counts where it is later than the schedule, up to a day
 * @param random uniform in [0, 1)
 */
export function nextTry(
  tries: number,
  { retryAfter }: { retryAfter: string | null },
  now: Date,
  random: () => number,
): number | null {
  const wait = WAITS[tries - 1];
  if (wait === undefined) return null;
  const scheduled = wait * (1 - JITTER + 2 * JITTER * random());
  const asked = Math.min(secondsOf(retryAfter, now), RETRY_AFTER_MAX);
  return Math.max(scheduled, asked);
}

/** `Retry-After` as seconds or as a date (RFC 9110, 10.2.3); 0 where it says nothing that makes sense. */
function secondsOf(retryAfter: string | null, now: Date): number {
  const text = retryAfter?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, (date - now.getTime()) / 1000);
}
