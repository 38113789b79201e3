import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { webhooks } from './api-types.ts';

export { WebhookVerificationError };

type Data<W> = W extends {
  post: { requestBody?: { content: { 'application/json': { data: infer D } } } };
}
  ? D
  : never;

/** What a webhook is sent: `event` says what `data` is, `timestamp` when it happened. */
export type WebhookEvent = {
  [K in keyof webhooks]: { event: K; timestamp: string; data: Data<webhooks[K]> };
}[keyof webhooks];

type HeaderValues = Record<string, string | string[] | undefined>;

export interface SignedRequest {
  /** The body exactly as it came: parsed and written again it is another one. */
  payload: string | Uint8Array;
  /** The request's headers, of `fetch` or of Node. */
  headers: Headers | HeaderValues;
  /** `whsec_…`, as it was shown when the webhook was made. */
  secret: string;
}

/**
 * Checks that Distribu sent this, within the last five minutes, and returns the event. A new kind of event may come at
 * any time: ignore those you do not know.
 * @throws WebhookVerificationError when the signature, or its time, is not right: answer with 401
 */
export function verifyWebhook({ payload, headers, secret }: SignedRequest): WebhookEvent {
  const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
  new Webhook(secret).verify(text, plain(headers), { jsonParse: false });
  return JSON.parse(text) as WebhookEvent;
}

function plain(headers: SignedRequest['headers']): Record<string, string> {
  if (headers instanceof Headers) return Object.fromEntries(headers.entries());
  const single = Object.entries(headers).map(([name, value]) => [name, String(value ?? '')]);
  return Object.fromEntries(single) as Record<string, string>;
}
