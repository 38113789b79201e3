import { z } from '@hono/zod-openapi';
import { EVENTS, EVENT_TYPES, type EventType, TEST_EVENT } from '#src/events/event-types.ts';
import { EVENT_DATA } from '#src/events/payload.ts';
import type { apiRouter } from './contract.ts';

type Registry = ReturnType<typeof apiRouter>['openAPIRegistry'];

/** What every delivery carries, whatever it tells of. */
const Headers = z.object({
  'X-Webhook-Event': z.string().meta({ description: 'The same as `event` in the body.' }),
  'webhook-id': z.string().meta({
    description: 'The event. It is the same on every try: take each once.',
    example: 'evt_01k9h7m3v8e4nspb3s0h8x2v7q',
  }),
  'webhook-timestamp': z
    .string()
    .meta({ description: 'When this try was made, in Unix seconds.', example: '1772366460' }),
  'webhook-signature': z.string().meta({
    description:
      'Standard Webhooks: `v1,` and base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. There is one for each secret of the last 24 hours, the newest first, with spaces in between.',
  }),
  'X-Webhook-Signature': z.string().meta({
    description:
      'HMAC-SHA256 of the raw body in lower-case hex, its key the secret as it was shown, with `whsec_`.',
  }),
  'X-Webhook-Signature-Previous': z.string().optional().meta({
    description: 'The same with the newest former secret, for 24 hours after a rotation.',
  }),
});

const Test = z
  .object({ webhookId: z.string(), message: z.string() })
  .meta({ id: 'WebhookTestEvent' });
/** What there is of an event nothing fires yet. */
const Unknown = z.looseObject({}).meta({ description: 'Described when it comes.' });

const ANSWERS = {
  '2XX': { description: 'It has arrived. Answer within 10 seconds, before you work on it.' },
  410: { description: 'The webhook is switched off.' },
  default: {
    description:
      'It is sent again, for about three days. `Retry-After` is honoured; redirects are not followed.',
  },
};

/** Describes every event that webhooks send, in the document's `webhooks` section. */
export function describeWebhookEvents(registry: Registry): void {
  for (const type of EVENT_TYPES) describe(registry, type, EVENTS[type].summary, dataOf(type));
  describe(registry, TEST_EVENT, 'Somebody wants to see whether it arrives.', Test);
}

function dataOf(type: EventType): z.ZodType {
  const kind = EVENTS[type].data;
  return kind === null ? Unknown : EVENT_DATA[kind];
}

function describe(registry: Registry, type: string, summary: string, data: z.ZodType): void {
  const isComing = data === Unknown;
  registry.registerWebhook({
    method: 'post',
    path: type,
    operationId: `on.${type}`,
    summary,
    ...(isComing && { description: 'Coming: it can be chosen already, and nothing sends it yet.' }),
    tags: ['Webhooks'],
    security: [],
    request: {
      headers: Headers,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              event: z.literal(type),
              timestamp: z.string().meta({
                format: 'date-time',
                description: 'When it happened.',
                example: '2026-03-01T12:00:00.000Z',
              }),
              data,
            }),
          },
        },
      },
    },
    responses: ANSWERS,
  });
}
