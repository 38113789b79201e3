import { networkError } from './distribu-error.ts';
import { type Outcome, retryWait } from './retry-wait.ts';

export interface RetryOptions {
  fetch: (request: Request) => Promise<Response>;
  maxRetries: number;
  timeoutMs: number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
}

const READS = new Set(['GET', 'HEAD']);
/** What the server does once for each key, however often it is sent. */
const KEYED = new Set(['POST', 'PATCH']);

/**
 * A fetch that sends again what failed for a while, where that cannot do anything twice: reads, and writes with an
 * `Idempotency-Key`, which every POST and PATCH gets here, the same for all its tries.
 * @throws DistribuError `network` when the last try got no answer; the reason of the request's own signal
 */
export function retryingFetch(options: RetryOptions): (request: Request) => Promise<Response> {
  const { maxRetries, sleep, random } = options;
  return async function send(request) {
    if (KEYED.has(request.method) && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', crypto.randomUUID());
    }
    const retries = READS.has(request.method) || KEYED.has(request.method) ? maxRetries : 0;
    for (let retry = 0; ; retry++) {
      const outcome = await attempt(request, options);
      request.signal.throwIfAborted();
      const wait = retry < retries ? retryWait(outcome, retry, random) : null;
      if (wait !== null) await sleep(wait, request.signal);
      else if ('error' in outcome) throw networkError(outcome.error);
      else return new Response(outcome.text || null, outcome.response);
    }
  };
}

/** One try, its body read as well: a connection that breaks within it has not answered. */
async function attempt(
  request: Request,
  { fetch, timeoutMs }: Pick<RetryOptions, 'fetch' | 'timeoutMs'>,
): Promise<Outcome> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(new Request(request.clone(), { signal }));
    return { response, text: await response.text() };
  } catch (error) {
    return { error };
  }
}

/** Waits, but not for what is given up. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    }
  });
}
