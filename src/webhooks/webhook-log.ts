import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import type { Page } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import {
  type Delivery,
  type DeliveryListInput,
  deliveryPage,
  deliveryRows,
} from './delivery-queries.ts';
import { type Webhook, found, webhookById } from './queries.ts';

/**
 * A webhook and one page of what was sent to it, newest first.
 * @throws AppError not_found, validation `Invalid cursor.`
 */
export async function getWebhookLog(
  ctx: Ctx,
  id: Id<'webhook'>,
  input: DeliveryListInput,
): Promise<{ webhook: Webhook; deliveries: Page<Delivery> }> {
  const [[webhook], rows] = await tenant(ctx, 'webhooks:read').batch([
    webhookById(ctx, id),
    deliveryRows(ctx, id, input),
  ]);
  return { webhook: found(webhook), deliveries: deliveryPage(rows, input) };
}
