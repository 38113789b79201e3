import { createRoute } from '@hono/zod-openapi';
import { idFrom } from '#db/ids.ts';
import { ROTATION_LIMIT, rotateSecret } from '#src/webhooks/rotate-secret.ts';
import {
  WebhookWithSecretOut,
  webhookFromSnapshot,
  webhookOut,
} from '#src/webhooks/webhook-out.ts';
import { WriteHeaders, apiRouter, needsWithoutBody } from './contract.ts';
import { guarded, setEtag } from './guarded.ts';
import { RETRIED, problems, written } from './responses.ts';
import { NOT_FOUND, WebhookParams } from './webhooks.ts';

const rotateRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/rotate-secret',
  operationId: 'rotateWebhookSecret',
  summary: 'Rotate a webhook’s secret',
  description:
    'The answer carries the new secret, this once. Every secret of the last 24 hours signs as well.',
  tags: ['Webhooks'],
  ...needsWithoutBody('webhooks:write'),
  request: { params: WebhookParams, headers: WriteHeaders },
  responses: {
    200: written(WebhookWithSecretOut, 'The webhook, with its new secret'),
    ...problems('webhooks:write', { ...NOT_FOUND, ...RETRIED, rotation_limit: [ROTATION_LIMIT] }),
  },
});

export const webhookSecret = apiRouter().openapi(rotateRoute, async (c) => {
  const id = idFrom('webhook', c.req.valid('param').id);
  const rotate = async () => {
    const result = await rotateSecret(c.var.ctx, id, null);
    if (!result.ok) throw new Error('A rotation that expects no version was refused.');
    return result;
  };
  const { webhook, secret } = await guarded(
    c,
    { kind: 'webhook', id },
    rotate,
    webhookFromSnapshot,
  );
  setEtag(c, webhook);
  return c.json({ data: WebhookWithSecretOut.parse({ ...webhookOut(webhook), secret }) }, 200);
});
