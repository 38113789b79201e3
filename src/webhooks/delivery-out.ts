import { z } from 'zod';
import {
  type Attempt,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryDetail,
} from './delivery-queries.ts';

const moment = (example: string) => z.string().meta({ format: 'date-time', example });

const attempt = {
  statusCode: z.int().nullable().meta({ description: 'null: no answer came.', example: 200 }),
  durationMs: z.int().meta({ example: 180 }),
  error: z.string().nullable().meta({ description: 'Why it is no success.', example: null }),
  createdAt: moment('2026-03-01T12:00:00.500Z'),
};

const AttemptOut = z.object(attempt).meta({ id: 'WebhookAttempt' });

/** A delivery as the API lists it. */
export const DeliveryOut = z
  .object({
    id: z.string().meta({ example: 'dlv_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    eventId: z.string().meta({
      description: 'The `webhook-id` header: the same on every try, and in every webhook.',
      example: 'evt_01k9h7m3v8e4nspb3s0h8x2v7q',
    }),
    event: z.string().meta({ example: 'order.created' }),
    state: z
      .enum(DELIVERY_STATES)
      .meta({ description: '`failed` is for good; what is tried again is `pending`.' }),
    tries: z.int().meta({ description: 'Since it was last put on its way.', example: 1 }),
    nextAttemptAt: moment('2026-03-01T12:00:05.000Z').nullable(),
    createdAt: moment('2026-03-01T12:00:00.000Z'),
    lastAttempt: AttemptOut.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type DeliveryOut = z.infer<typeof DeliveryOut>;

/** The same with all that was sent and answered. */
export const DeliveryDetailOut = DeliveryOut.extend({
  requestBody: z.string().nullable().meta({
    description: 'Exactly what is sent. null: the event cannot be read any more, so nothing is.',
  }),
  attempts: z
    .array(
      z
        .object({
          ...attempt,
          responseBody: z
            .string()
            .nullable()
            .meta({ description: 'Its first 2,000 characters.', example: 'OK' }),
        })
        .meta({ id: 'WebhookAttemptDetail' }),
    )
    .meta({ description: 'Every try, oldest first.' }),
}).meta({ id: 'WebhookDeliveryDetail' });
export type DeliveryDetailOut = z.infer<typeof DeliveryDetailOut>;

export function deliveryOut(row: Delivery): DeliveryOut {
  return {
    id: row.id,
    eventId: row.eventId,
    event: row.event,
    state: row.state,
    tries: row.tries,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastAttempt: row.lastAttempt && attemptOut(row.lastAttempt),
  };
}

export function deliveryDetailOut(row: DeliveryDetail): DeliveryDetailOut {
  return {
    ...deliveryOut(row),
    requestBody: row.requestBody,
    attempts: row.attempts.map((one) => ({ ...attemptOut(one), responseBody: one.responseBody })),
  };
}

function attemptOut({ statusCode, durationMs, error, createdAt }: Attempt) {
  return { statusCode, durationMs, error, createdAt: createdAt.toISOString() };
}
