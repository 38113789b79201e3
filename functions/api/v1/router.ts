import { AppError } from '#src/lib/errors.ts';
import { asAppError, errorJson } from '../../error-response.tsx';
import { apiKey } from './api-key.ts';
import { apiRouter } from './contract.ts';
import { customers } from './customers.ts';
import { mount } from './mount.ts';
import { openapi } from './openapi.ts';
import { RateLimited, byAddress } from './rate-limit.ts';

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
mount(v1, customers, apiKey);

v1.all('*', byAddress, () => {
  throw new AppError('not_found', 'There is nothing at this path.');
});
