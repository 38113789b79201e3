import { MailError, type MailProvider } from './mail-provider.ts';

const TIMEOUT_MS = 10_000;
const WORTH_ANOTHER_TRY = new Set([408, 425, 429]);

/** Resend's HTTP API, which others speak as well: one POST a mail, idempotent by its id. */
export function httpMailProvider(options: {
  url: string;
  key: string;
  from: string;
}): MailProvider {
  return async function sendByHttp({ id, to, subject, text, html }) {
    const response = await fetch(options.url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${options.key}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': id,
      },
      body: JSON.stringify({ from: options.from, to: to.split(', '), subject, text, html }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new MailError(`The mail provider cannot be reached: ${String(error)}`, false);
    });
    if (response.ok) return;
    const permanent =
      response.status >= 400 && response.status < 500 && !WORTH_ANOTHER_TRY.has(response.status);
    const answer = (await response.text()).slice(0, 500);
    throw new MailError(`The mail provider answered ${response.status}: ${answer}`, permanent);
  };
}
