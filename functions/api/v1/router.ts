import { AppError } from '#src/lib/errors.ts';
import { asAppError, errorJson } from '../../error-response.tsx';
import { apiKey } from './api-key.ts';
import { batches } from './batches.ts';
import { apiRouter } from './contract.ts';
import { customerPrices } from './customer-prices.ts';
import { customers } from './customers.ts';
import { mount } from './mount.ts';
import { openapi } from './openapi.ts';
import { orders } from './orders.ts';
import { products } from './products.ts';
import { RateLimited, byAddress } from './rate-limit.ts';
import { reports } from './reports.ts';
import { webhookDeliveries } from './webhook-deliveries.ts';
import { webhookSecret } from './webhook-secret.ts';
import { webhooks } from './webhooks.ts';

/** `/api/v1`: who asks and how often, then one file a resource. */
export const v1 = apiRouter();

v1.onError((error, c) => {
  if (error instanceof RateLimited) {
    const { message, code, retryAfter } = error;
    return c.json({ error: message, code, retryAfter }, error.status);
  }
  return errorJson(c, asAppError(c, error));
});

mount(v1, openapi(v1), byAddress);
// Before the resources, of which `batch` would be an id.
mount(v1, batches, apiKey);
mount(v1, customers, apiKey);
mount(v1, customerPrices, apiKey);
mount(v1, products, apiKey);
mount(v1, orders, apiKey);
mount(v1, reports, apiKey);
mount(v1, webhooks, apiKey);
mount(v1, webhookSecret, apiKey);
mount(v1, webhookDeliveries, apiKey);

v1.all('*', byAddress, () => {
  throw new AppError('not_found', 'There is nothing at this path.');
});
