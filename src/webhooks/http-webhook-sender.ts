import { storable } from '../lib/fields.ts';
import {
  type UrlRules,
  addressesProblem,
  hostAndPort,
  hostProblem,
  urlProblem,
} from './public-url.ts';
import type { ResolveHost } from './resolve-host.ts';
import { readStart } from './read-start.ts';

const TIMEOUT_MS = 10_000;
const KEPT_ERROR = 300;

/** What came back of one try. */
export interface Answer {
  /** null = no answer came. */
  statusCode: number | null;
  durationMs: number;
  /** Why no answer came, or why it is none. */
  error: string | null;
  /** What is kept of its body. */
  responseBody: string | null;
  retryAfter: string | null;
}

/** Sends one try. Whatever goes wrong is in the answer; it does not throw. */
export type SendWebhook = (request: {
  url: string;
  headers: Record<string, string>;
  body: string;
}) => Promise<Answer>;

/**
 * One POST, to public addresses only, whose redirects are not followed.
 * @param timeoutMs for the whole answer: its head, and as much of its body as is kept
 */
export function httpWebhookSender(
  rules: UrlRules,
  resolve: ResolveHost,
  timeoutMs = TIMEOUT_MS,
): SendWebhook {
  return async function sendWebhook({ url, headers, body }) {
    const started = Date.now();
    const answer: Answer = {
      statusCode: null,
      durationMs: 0,
      error: null,
      responseBody: null,
      retryAfter: null,
    };
    const problem = await addressProblem(url, rules, resolve);
    if (problem === null) await post({ url, headers, body }, answer, timeoutMs);
    else answer.error = problem;
    answer.durationMs = Date.now() - started;
    return answer;
  };
}

async function post(
  { url, headers, body }: Parameters<SendWebhook>[0],
  answer: Answer,
  timeoutMs: number,
): Promise<void> {
  const tooSlow = `No complete answer within ${timeoutMs / 1000} seconds.`;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: timeout.signal,
    });
    answer.statusCode = response.status;
    answer.retryAfter = response.headers.get('Retry-After');
    const read = await readStart(response.body, timeout.signal);
    answer.responseBody = read.text;
    if (read.broken) answer.error = timeout.signal.aborted ? tooSlow : 'The answer broke off.';
    else if (response.status >= 300 && response.status < 400) {
      answer.error = 'Redirects are not followed.';
    }
  } catch (error) {
    answer.error = timeout.signal.aborted ? tooSlow : `The connection failed: ${causeOf(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

/** Why nothing is sent there; null = it may be. */
async function addressProblem(
  url: string,
  rules: UrlRules,
  resolve: ResolveHost,
): Promise<string | null> {
  const problem = urlProblem(url, rules);
  if (problem !== null) return problem;
  const parsed = new URL(url);
  if (rules.allow.includes(hostAndPort(parsed)) || isNumber(parsed.hostname)) return null;
  try {
    const { addresses, names } = await resolve(parsed.hostname.replace(/\.$/, ''));
    if (addresses.length === 0) return 'The host has no address.';
    return (
      addressesProblem(addresses) ?? names.map(hostProblem).find((one) => one !== null) ?? null
    );
  } catch (error) {
    return `The host name could not be resolved: ${causeOf(error)}`;
  }
}

/** An address by number: `urlProblem` has judged it. */
const isNumber = (hostname: string) => /^\[|^[\d.]+$/.test(hostname);

function causeOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return storable((cause?.message || message) ?? String(error)).slice(0, KEPT_ERROR);
}
