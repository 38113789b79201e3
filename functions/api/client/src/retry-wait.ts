const BASE_MS = 500;
const CAP_MS = 8_000;
/** The API's limit is counted over a minute: whoever asks for more does not mean to be waited for. */
const RETRY_AFTER_MAX_S = 60;
/** How far apart those come back that were sent away together. */
const SPREAD_MS = 500;

const TRANSIENT = new Set([429, 500, 502, 503, 504]);
/** The one conflict that time settles: the first request with this key has not ended. */
const STILL_RUNNING = 'A request with this Idempotency-Key is still running.';

/** What one try came to: an answer with its body as text, or none. */
export type Outcome = { response: Response; text: string } | { error: unknown };

/**
 * Milliseconds to wait before a request is sent again, or null where that would not help.
 * @param retry 0 for the first retry
 * @param random uniform in [0, 1)
 */
export function retryWait(outcome: Outcome, retry: number, random: () => number): number | null {
  if ('error' in outcome) return backoff(retry, random);
  const { response, text } = outcome;
  if (response.status === 409) return text.includes(STILL_RUNNING) ? backoff(retry, random) : null;
  if (!TRANSIENT.has(response.status)) return null;
  const seconds = retryAfter(response.headers.get('Retry-After'));
  if (seconds === null) return backoff(retry, random);
  return seconds > RETRY_AFTER_MAX_S ? null : seconds * 1000 + random() * SPREAD_MS;
}

/** Exponential; half of each wait is random, so that what failed together does not come back together. */
function backoff(retry: number, random: () => number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** retry);
  return ceiling / 2 + (random() * ceiling) / 2;
}

/** Seconds as a `Retry-After` has them, as a number or as a date (RFC 9110, 10.2.3); null: none we understand. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header);
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? null : Math.max(0, (moment - Date.now()) / 1000);
}
