import { createRoute, z } from '@hono/zod-openapi';
import { idFrom, newId } from '#db/ids.ts';
import { AppError } from '#src/lib/errors.ts';
import { createWebhook } from '#src/webhooks/create-webhook.ts';
import { deleteWebhook } from '#src/webhooks/delete-webhook.ts';
import { BAD_PORT, NOT_PUBLIC } from '#src/webhooks/public-url.ts';
import { getWebhook, listWebhooks } from '#src/webhooks/queries.ts';
import { TOO_MANY, WebhookInput, WebhookPatch } from '#src/webhooks/schema.ts';
import { updateWebhook } from '#src/webhooks/update-webhook.ts';
import {
  WebhookOut,
  WebhookWithSecretOut,
  webhookFromSnapshot,
  webhookOut,
} from '#src/webhooks/webhook-out.ts';
import { addressRules } from '../../webhook-address-rules.ts';
import {
  ListQuery,
  PatchHeaders,
  WriteHeaders,
  apiRouter,
  jsonBody,
  needs,
  needsWithBody,
  page,
} from './contract.ts';
import { guarded, setEtag } from './guarded.ts';
import { PATCH, WRITE, list, nothing, problems, resource, written } from './responses.ts';

const tags = ['Webhooks'];
export const WebhookParams = z.object({
  id: z.string().meta({ example: 'whk_01k9h7m3v8e4nspb3s0h8x2v7q' }),
});
export const NOT_FOUND = { not_found: ['Webhook not found.'] };
const BAD_FIELDS = [
  'Invalid JSON body.',
  'URL must be between 1 and 2048 characters.',
  'URL must be a complete address, like https://example.com/hooks.',
  'URL must start with https://.',
  'URL must not contain a user name or password.',
  'URL must not point to this service itself.',
  NOT_PUBLIC,
  BAD_PORT,
  'Choose at least one event.',
  'Unknown event.',
  'Active must be true or false.',
];

const listRoute = createRoute({
  method: 'get',
  path: '/webhooks',
  operationId: 'listWebhooks',
  summary: 'List webhooks',
  tags,
  ...needs('webhooks:read'),
  request: { query: ListQuery },
  responses: {
    200: list(WebhookOut, 'A page of webhooks, newest first'),
    ...problems('webhooks:read', { validation: ['Invalid cursor.'] }),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/webhooks/{id}',
  operationId: 'getWebhook',
  summary: 'Fetch a webhook',
  tags,
  ...needs('webhooks:read'),
  request: { params: WebhookParams },
  responses: {
    200: resource(WebhookOut, 'The webhook'),
    ...problems('webhooks:read', NOT_FOUND),
  },
});

const postRoute = createRoute({
  method: 'post',
  path: '/webhooks',
  operationId: 'createWebhook',
  summary: 'Create a webhook',
  description: 'The answer carries the secret that signs its deliveries. It is shown this once.',
  tags,
  ...needsWithBody('webhooks:write'),
  request: { headers: WriteHeaders, body: jsonBody(WebhookInput) },
  responses: {
    201: written(WebhookWithSecretOut, 'The new webhook, with its secret'),
    ...problems('webhooks:write', {
      validation: BAD_FIELDS,
      ...WRITE,
      rule: [TOO_MANY, ...WRITE.rule],
    }),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/webhooks/{id}',
  operationId: 'updateWebhook',
  summary: 'Change a webhook',
  description: 'Send only what should change. An empty object changes nothing.',
  tags,
  ...needsWithBody('webhooks:write'),
  request: { params: WebhookParams, headers: PatchHeaders, body: jsonBody(WebhookPatch) },
  responses: {
    200: written(WebhookOut, 'The webhook as it is now'),
    ...problems('webhooks:write', { validation: BAD_FIELDS, ...NOT_FOUND, ...PATCH }),
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/webhooks/{id}',
  operationId: 'deleteWebhook',
  summary: 'Delete a webhook',
  description: 'Its delivery log goes with it. What is on its way to it is not sent.',
  tags,
  ...needs('webhooks:write'),
  request: { params: WebhookParams },
  responses: {
    204: nothing('It is deleted'),
    ...problems('webhooks:write', NOT_FOUND),
  },
});

export const webhooks = apiRouter()
  .openapi(listRoute, async (c) => {
    const result = await listWebhooks(c.var.ctx, c.req.valid('query'));
    return c.json(page(WebhookOut, result, webhookOut), 200);
  })
  .openapi(getRoute, async (c) => {
    const webhook = await getWebhook(c.var.ctx, idFrom('webhook', c.req.valid('param').id));
    setEtag(c, webhook);
    return c.json({ data: WebhookOut.parse(webhookOut(webhook)) }, 200);
  })
  .openapi(postRoute, async (c) => {
    const id = newId('webhook');
    const create = async () => {
      const result = await createWebhook(
        c.var.ctx,
        c.req.valid('json'),
        addressRules(c.env, c.var.ctx.origin),
        id,
      );
      if (!result.ok) throw new AppError('rule', TOO_MANY);
      return result;
    };
    const { webhook, secret } = await guarded(
      c,
      { kind: 'webhook', id },
      create,
      webhookFromSnapshot,
    );
    setEtag(c, webhook);
    return c.json({ data: WebhookWithSecretOut.parse({ ...webhookOut(webhook), secret }) }, 201);
  })
  .openapi(patchRoute, async (c) => {
    const id = idFrom('webhook', c.req.valid('param').id);
    const update = async () => {
      // What the caller saw is compared before (If-Match): by now nothing can have changed meanwhile.
      const rules = addressRules(c.env, c.var.ctx.origin);
      const result = await updateWebhook(c.var.ctx, id, c.req.valid('json'), rules, null);
      return { webhook: result.ok ? result.webhook : result.current };
    };
    const { webhook } = await guarded(c, { kind: 'webhook', id }, update, webhookFromSnapshot);
    setEtag(c, webhook);
    return c.json({ data: WebhookOut.parse(webhookOut(webhook)) }, 200);
  })
  .openapi(deleteRoute, async (c) => {
    await deleteWebhook(c.var.ctx, idFrom('webhook', c.req.valid('param').id));
    return c.body(null, 204);
  });
