import { z } from 'zod';
import { EVENT_TYPES } from '../events/event-types.ts';
import { fromSnapshot } from '../lib/snapshot.ts';
import type { Webhook } from './queries.ts';

const moment = (example: string) => z.string().meta({ format: 'date-time', example });

/** A webhook as the API shows it. */
export const WebhookOut = z
  .object({
    id: z.string().meta({ example: 'whk_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    url: z.string().meta({ example: 'https://erp.example.com/hooks/distribu' }),
    events: z
      .array(z.enum(EVENT_TYPES))
      .meta({ example: ['order.created', 'order.status_changed'] }),
    active: z.boolean(),
    disabledReason: z.enum(['gone', 'failing']).nullable().meta({
      description:
        'Why nothing is sent, where nobody switched it off: it answered 410, or failed for days.',
      example: null,
    }),
    failingSince: moment('2026-04-10T09:30:00.000Z')
      .nullable()
      .meta({ description: 'When the first of the failures without a success in between was.' }),
    createdAt: moment('2026-03-01T12:00:00.000Z'),
    updatedAt: moment('2026-04-10T09:30:00.000Z'),
  })
  .meta({ id: 'Webhook' });
export type WebhookOut = z.infer<typeof WebhookOut>;

/** The same for whoever has just made its secret. */
export const WebhookWithSecretOut = WebhookOut.extend({
  secret: z.string().meta({
    description: 'Signs every delivery. It is shown this once.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  }),
}).meta({ id: 'WebhookWithSecret' });
export type WebhookWithSecretOut = z.infer<typeof WebhookWithSecretOut>;

export function webhookOut(row: Webhook): WebhookOut {
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    active: row.active,
    disabledReason: row.disabledReason,
    failingSince: row.failingSince?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A webhook as `webhook_snapshot()` (db/sql/snapshots.sql) wrote it, with its secret. */
export function webhookFromSnapshot(kept: unknown): { webhook: Webhook; secret: string } {
  const { secret, ...webhook } = fromSnapshot<Webhook & { secret: string }>(kept);
  const { failingSince, previousSecretUntil } = webhook;
  return {
    secret,
    webhook: {
      ...webhook,
      failingSince: failingSince && new Date(failingSince),
      previousSecretUntil: previousSecretUntil && new Date(previousSecretUntil),
    },
  };
}
