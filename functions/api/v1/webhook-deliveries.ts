import { createRoute, z } from '@hono/zod-openapi';
import { idFrom } from '#db/ids.ts';
import {
  DeliveryDetailOut,
  DeliveryOut,
  deliveryDetailOut,
  deliveryOut,
} from '#src/webhooks/delivery-out.ts';
import { DELIVERY_STATES, getDelivery } from '#src/webhooks/delivery-queries.ts';
import { redeliver } from '#src/webhooks/redeliver.ts';
import { replay } from '#src/webhooks/replay.ts';
import { ReplayInput } from '#src/webhooks/schema.ts';
import { sendTestEvent } from '#src/webhooks/send-test-event.ts';
import { getWebhookLog } from '#src/webhooks/webhook-log.ts';
import {
  ListQuery,
  WriteHeaders,
  apiRouter,
  jsonBody,
  needs,
  needsWithBody,
  needsWithoutBody,
  page,
} from './contract.ts';
import { guarded } from './guarded.ts';
import { RETRIED, WRITE, accepted, data, list, problems } from './responses.ts';
import { NOT_FOUND, WebhookParams } from './webhooks.ts';

const tags = ['Webhooks'];
const DeliveryParams = WebhookParams.extend({
  deliveryId: z.string().meta({ example: 'dlv_01k9h7m3v8e4nspb3s0h8x2v7q' }),
});
const DELIVERY_NOT_FOUND = { not_found: ['Delivery not found.'] };
const OFF = 'This webhook is off. Switch it on first.';
const FAILED = { ...NOT_FOUND, ...RETRIED, rule: [OFF, ...RETRIED.rule] };

/** A delivery that is on its way, to be looked up in the log. */
const OnItsWay = z
  .object({ delivery: z.string().meta({ example: 'dlv_01k9h7m3v8e4nspb3s0h8x2v7q' }) })
  .meta({ id: 'WebhookDeliveryOnItsWay' });
const onItsWay = (kept: unknown): z.input<typeof OnItsWay> => OnItsWay.parse(kept);
const ReplayOut = z
  .object({
    deliveries: z.int().meta({
      description: 'Events that are on their way by now, 10,000 at most.',
      example: 42,
    }),
    more: z.boolean().meta({
      description:
        'The range holds more. They follow by themselves, 10,000 a minute, while the webhook is on.',
      example: false,
    }),
  })
  .meta({ id: 'WebhookReplay' });

const listRoute = createRoute({
  method: 'get',
  path: '/webhooks/{id}/deliveries',
  operationId: 'listWebhookDeliveries',
  summary: 'List deliveries',
  description: 'The delivery log, newest first. Deliveries are kept for 30 days.',
  tags,
  ...needs('webhooks:read'),
  request: {
    params: WebhookParams,
    query: ListQuery.extend({ state: z.enum(DELIVERY_STATES, 'Invalid state.').optional() }),
  },
  responses: {
    200: list(DeliveryOut, 'A page of deliveries, newest first'),
    ...problems('webhooks:read', {
      validation: ['Invalid state.', 'Invalid cursor.'],
      ...NOT_FOUND,
    }),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/webhooks/{id}/deliveries/{deliveryId}',
  operationId: 'getWebhookDelivery',
  summary: 'Fetch a delivery',
  description: 'With what is sent, and what every try was answered.',
  tags,
  ...needs('webhooks:read'),
  request: { params: DeliveryParams },
  responses: {
    200: data(DeliveryDetailOut, 'The delivery'),
    ...problems('webhooks:read', DELIVERY_NOT_FOUND),
  },
});

const redeliverRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/deliveries/{deliveryId}/redeliver',
  operationId: 'redeliverWebhookDelivery',
  summary: 'Send a delivery again',
  description: 'Whatever has become of it, with the same event id and all of its tries before it.',
  tags,
  ...needsWithoutBody('webhooks:write'),
  request: { params: DeliveryParams, headers: WriteHeaders },
  responses: {
    202: accepted(OnItsWay, 'It is on its way'),
    ...problems('webhooks:write', { ...FAILED, ...DELIVERY_NOT_FOUND }),
  },
});

const testRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/test',
  operationId: 'testWebhook',
  summary: 'Send a test event',
  description: 'Sends `webhook.test` to this webhook, whatever it wants to be told of.',
  tags,
  ...needsWithoutBody('webhooks:write'),
  request: { params: WebhookParams, headers: WriteHeaders },
  responses: {
    202: accepted(OnItsWay, 'It is on its way'),
    ...problems('webhooks:write', FAILED),
  },
});

const replayRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/replay',
  operationId: 'replayWebhook',
  summary: 'Replay a time range',
  description:
    'Sends everything the webhook wants to be told of that happened in the range, also what was delivered before, or while it was off. Event ids stay the same.',
  tags,
  ...needsWithBody('webhooks:write'),
  request: { params: WebhookParams, headers: WriteHeaders, body: jsonBody(ReplayInput) },
  responses: {
    202: accepted(ReplayOut, 'They are on their way'),
    ...problems('webhooks:write', {
      validation: [
        'Invalid JSON body.',
        'from must be a time like 2026-03-01T12:00:00Z.',
        'to must be a time like 2026-03-01T12:00:00Z.',
        'The range must end after it begins.',
      ],
      ...NOT_FOUND,
      ...WRITE,
      rule: [OFF, ...WRITE.rule],
    }),
  },
});

export const webhookDeliveries = apiRouter()
  .openapi(listRoute, async (c) => {
    const id = idFrom('webhook', c.req.valid('param').id);
    const { deliveries } = await getWebhookLog(c.var.ctx, id, c.req.valid('query'));
    return c.json(page(DeliveryOut, deliveries, deliveryOut), 200);
  })
  .openapi(getRoute, async (c) => {
    const { id, deliveryId } = c.req.valid('param');
    const delivery = await getDelivery(
      c.var.ctx,
      idFrom('webhook', id),
      idFrom('delivery', deliveryId),
    );
    return c.json({ data: DeliveryDetailOut.parse(deliveryDetailOut(delivery)) }, 200);
  })
  .openapi(redeliverRoute, async (c) => {
    const { id, deliveryId } = c.req.valid('param');
    const delivery = idFrom('delivery', deliveryId);
    const send = async () => {
      await redeliver(c.var.ctx, idFrom('webhook', id), delivery);
      return { delivery };
    };
    const answer = await guarded(c, 'answer', send, onItsWay);
    return c.json({ data: OnItsWay.parse(answer) }, 202);
  })
  .openapi(testRoute, async (c) => {
    const id = idFrom('webhook', c.req.valid('param').id);
    const send = async () => ({ delivery: await sendTestEvent(c.var.ctx, id) });
    const answer = await guarded(c, 'answer', send, onItsWay);
    return c.json({ data: OnItsWay.parse(answer) }, 202);
  })
  .openapi(replayRoute, async (c) => {
    const id = idFrom('webhook', c.req.valid('param').id);
    const send = () => replay(c.var.ctx, id, c.req.valid('json'));
    const answer = await guarded(c, 'answer', send, (kept) => ReplayOut.parse(kept));
    return c.json({ data: ReplayOut.parse(answer) }, 202);
  });
