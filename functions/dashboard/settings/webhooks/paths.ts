import type { Context } from 'hono';
import { type Id, idFrom, isId, newId } from '#db/ids.ts';
import type { AppEnv } from '../../../app-env.ts';
import { formBody } from '../../../form-body.ts';

export const WEBHOOKS_PATH = '/dashboard/settings/webhooks';
export const NEW_WEBHOOK_PATH = `${WEBHOOKS_PATH}/new`;

export const webhookPath = (id: Id<'webhook'>) => `${WEBHOOKS_PATH}/${id}`;
export const deliveryPath = (webhook: Id<'webhook'>, id: Id<'delivery'>) =>
  `${webhookPath(webhook)}/deliveries/${id}`;

/** The webhook the address names. */
export function webhookId(c: Context<AppEnv>): Id<'webhook'> {
  return idFrom('webhook', c.req.param('id') ?? '');
}

/** The delivery the address names. */
export function deliveryId(c: Context<AppEnv>): Id<'delivery'> {
  return idFrom('delivery', c.req.param('deliveryId') ?? '');
}

/** The id a form carries for the webhook it creates; a form without one creates a webhook of its own. */
export async function formKey(c: Context<AppEnv>): Promise<Id<'webhook'>> {
  const { webhookId: sent } = await formBody(c);
  return typeof sent === 'string' && isId('webhook', sent) ? sent : newId('webhook');
}
